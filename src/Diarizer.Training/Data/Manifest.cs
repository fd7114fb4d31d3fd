using System.Globalization;
using Diarizer.Audio;

namespace Diarizer.Training.Data;

/// <summary>Reads a tab-separated manifest row by row; the first line names the columns, in any order.</summary>
internal sealed class Manifest
{
    private static readonly string[] Required = ["utterance", "speaker", "corpus", "split", "session", "file", "start_s", "duration_s"];
    private readonly string _path;

    public Manifest(string path)
    {
        _path = path;
        if (!File.Exists(path))
            throw new UserErrorException($"The manifest {path} does not exist; give the data folder with --data or the manifest's path.");
    }

    /// <summary>The folder that relative audio paths start from.</summary>
    public string Root => Path.GetDirectoryName(Path.GetFullPath(_path))!;

    /// <summary>Streams the rows, only those of <paramref name="split"/> when it is given.</summary>
    /// <exception cref="UserErrorException">A column is missing or a row cannot be understood.</exception>
    public IEnumerable<Utterance> Read(string? split = null)
    {
        using var reader = new StreamReader(_path);
        int[] columns = Columns(reader.ReadLine());
        int line = 1;
        while (reader.ReadLine() is { } text)
        {
            line++;
            if (text.Length == 0)
                continue;
            var utterance = Parse(text.Split('\t'), columns, line);
            if (split is null || utterance.Split == split)
                yield return utterance;
        }
    }

    private int[] Columns(string? header)
    {
        string[] names = header?.TrimEnd('\r').Split('\t') ?? [];
        return [.. Required.Select(name => Array.IndexOf(names, name) is >= 0 and var at
            ? at
            : throw new UserErrorException($"The manifest {_path} has no column '{name}'; its first line must name {string.Join(", ", Required)}, separated by tabs."))];
    }

    private Utterance Parse(string[] cells, int[] columns, int line)
    {
        if (cells.Length <= columns.Max())
            throw new UserErrorException($"Line {line} of {_path} has {cells.Length} cells, too few; each row needs one for every column of the first line.");
        string Cell(int column) => cells[columns[column]].TrimEnd('\r');
        return new Utterance(Cell(0), Cell(1), Cell(2), Cell(3), Cell(4), Cell(5), Samples(Cell(6), "start_s", line), (int)Samples(Cell(7), "duration_s", line));
    }

    private long Samples(string text, string column, int line) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds) && seconds is >= 0 and < 100_000
            ? SampleClock.FromSeconds(seconds)
            : throw new UserErrorException($"Line {line} of {_path}: {column} is '{text}'; give seconds from 0 to 100000.");
}
