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
        using (var kept = new StreamWriter(path + ".part"))
        {
            kept.WriteLine("step," + columns);
            foreach (string[] cells in Read(path).Where(cells => StepOf(cells) <= from))
                kept.WriteLine(string.Join(',', cells));
        }
        File.Move(path + ".part", path, overwrite: true);
        _writer = new StreamWriter(path, append: true) { AutoFlush = true };
    }

    /// <summary>Streams the cells of the lines that begin with a step.</summary>
    public static IEnumerable<string[]> Read(string path) =>
        File.Exists(path) ? File.ReadLines(path).Select(line => line.Split(',')).Where(cells => StepOf(cells) >= 0) : [];

    public void Add(long step, params ReadOnlySpan<object> values)
    {
        _writer.Write(step.ToString(CultureInfo.InvariantCulture));
        foreach (object value in values)
            _writer.Write("," + Convert.ToString(value, CultureInfo.InvariantCulture));
        _writer.WriteLine();
    }

    public void Dispose() => _writer.Dispose();

    private static long StepOf(string[] cells) => long.TryParse(cells[0], NumberStyles.None, CultureInfo.InvariantCulture, out long step) ? step : -1;
}
