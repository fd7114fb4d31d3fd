using System.Globalization;
using Diarizer.Audio;

namespace Diarizer.Training.Data.Sources;

/// <summary>Reads a tab-separated manifest row by row; the first line names the columns, in any order. Audio paths are relative to it.</summary>
internal sealed class Manifest : IUtteranceSource
{
    private const int BufferSize = 1 << 16, LongestSeconds = 100_000;
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

    /// <inheritdoc/>
    public IEnumerable<Utterance> Read(string? split = null)
    {
        using var reader = new StreamReader(_path, new FileStreamOptions { BufferSize = BufferSize, Options = FileOptions.SequentialScan });
        var rows = new Rows(_path, Root, reader.ReadLine());
        int line = 1;
        while (reader.ReadLine() is { } text)
        {
            line++;
            if (text.Length > 0 && rows.Parse(text, line, split) is { } utterance)
                yield return utterance;
        }
    }

    /// <summary>What rows have in common: the places of the columns, and the names that came up before.</summary>
    private sealed class Rows
    {
        private readonly string _path, _root;
        private readonly int[] _columns;
        private readonly Range[] _cells;
        private readonly StringPool _names = new();
        private readonly HashSet<string> _utterances = new(StringComparer.Ordinal);

        public Rows(string path, string root, string? header)
        {
            (_path, _root) = (path, root);
            string[] names = header?.Split('\t') ?? [];
            _columns = [.. Required.Select(name => Array.IndexOf(names, name) is >= 0 and var at
                ? at
                : throw new UserErrorException($"The manifest {path} has no column '{name}'; its first line must name {string.Join(", ", Required)}, separated by tabs."))];
            _cells = new Range[names.Length + 1];
        }

        /// <summary>The utterance of a row; null when it is of another split.</summary>
        public Utterance? Parse(ReadOnlySpan<char> text, int line, string? split)
        {
            int cells = text.Split(_cells, '\t');
            if (cells <= _columns.Max())
                throw new UserErrorException($"Line {line} of {_path} has {cells} cells, too few; each row needs one for every column of the first line.");
            if (split is not null && !text[_cells[_columns[3]]].SequenceEqual(split))
                return null;
            string id = Filled(text, 0, line).ToString();
            if (!_utterances.Add(id))
                throw new UserErrorException($"Line {line} of {_path} names the utterance '{id}' again; give every utterance a name of its own.");
            return new Utterance(id, _names.Get(Filled(text, 1, line)), Name(text, 2), Name(text, 3), Name(text, 4),
                _names.Get(Filled(text, 5, line)), Samples(text, 6, line), (int)Samples(text, 7, line))
            { Root = _root };
        }

        private ReadOnlySpan<char> Cell(ReadOnlySpan<char> text, int column) => text[_cells[_columns[column]]];

        private string Name(ReadOnlySpan<char> text, int column) => _names.Get(Cell(text, column));

        private ReadOnlySpan<char> Filled(ReadOnlySpan<char> text, int column, int line)
        {
            var cell = Cell(text, column);
            return !cell.IsEmpty ? cell : throw new UserErrorException($"Line {line} of {_path}: {Required[column]} is empty; fill it in or delete the row.");
        }

        private long Samples(ReadOnlySpan<char> text, int column, int line)
        {
            var cell = Cell(text, column);
            return double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds) && seconds is >= 0 and < LongestSeconds
                ? SampleClock.FromSeconds(seconds)
                : throw new UserErrorException($"Line {line} of {_path}: {Required[column]} is '{cell}'; give seconds from 0 to {LongestSeconds}.");
        }
    }
}
