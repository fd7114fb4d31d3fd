using System.Globalization;

namespace Diarizer.Training.Loops;

/// <summary>A CSV file that grows by one line at a time; a resumed run first drops the lines after its checkpoint.</summary>
internal sealed class RunLog : IDisposable
{
    private readonly StreamWriter _writer;

    /// <param name="columns">Names of the columns after the first, which is the step.</param>
    /// <param name="from">Lines of steps beyond this are dropped.</param>
    public RunLog(string path, string columns, long from)
    {
        string[] kept = File.Exists(path) && from > 0
            ? [.. File.ReadLines(path).Skip(1).Where(line => long.TryParse(line.Split(',')[0], NumberStyles.None, CultureInfo.InvariantCulture, out long step) && step <= from)]
            : [];
        _writer = new StreamWriter(path, append: false) { AutoFlush = true };
        _writer.WriteLine("step," + columns);
        foreach (string line in kept)
            _writer.WriteLine(line);
    }

    public void Add(long step, params ReadOnlySpan<object> values)
    {
        _writer.Write(step.ToString(CultureInfo.InvariantCulture));
        foreach (object value in values)
            _writer.Write("," + Convert.ToString(value, CultureInfo.InvariantCulture));
        _writer.WriteLine();
    }

    public void Dispose() => _writer.Dispose();
}
