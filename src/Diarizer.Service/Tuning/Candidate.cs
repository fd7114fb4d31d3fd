using System.Globalization;
using Diarizer.Streaming;

namespace Diarizer.Service.Tuning;

/// <summary>Settings to try: those to begin with, and values that differ from them.</summary>
internal sealed class Candidate
{
    private readonly SortedDictionary<string, (OptionPath Path, double Value)> _changes = new(StringComparer.Ordinal);

    private Candidate(PipelineOptions start) => (Start, Options) = (start, start);

    /// <summary>The settings to begin with.</summary>
    public PipelineOptions Start { get; }

    /// <summary>All settings.</summary>
    public PipelineOptions Options { get; private init; }

    /// <summary>What differs from the start.</summary>
    public IReadOnlyCollection<(OptionPath Path, double Value)> Changes => _changes.Values;

    /// <summary>The changes as text: the same for the same settings.</summary>
    public string Key => string.Join(';', _changes.Values.Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Path.Name}={c.Value:R}")));

    /// <summary>The settings to begin with, unchanged.</summary>
    public static Candidate Of(PipelineOptions start) => new(start);

    /// <summary>The same with another value.</summary>
    public Candidate With(OptionPath path, double value)
    {
        var changed = new Candidate(Start) { Options = path.With(Options, value) };
        foreach (var (name, change) in _changes)
            changed._changes.Add(name, change);
        changed._changes.Remove(path.Name);
        if (value != path.Get(Start))
            changed._changes.Add(path.Name, (path, value));
        return changed;
    }
}
