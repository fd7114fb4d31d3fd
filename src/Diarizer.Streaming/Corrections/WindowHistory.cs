using Diarizer.Audio;
using Diarizer.Streaming.Turns;

namespace Diarizer.Streaming.Corrections;

/// <summary>
/// The embedded windows of a whole session in bounded memory: the latest one by one, the others condensed to means of what one voice said at a stretch. Clustering by evidence
/// takes a mean for as much as the windows that are in it, so that who was heard long ago is still known. Beyond the bound, of the voice of whom most is remembered the least is forgotten.
/// </summary>
/// <param name="most">Most windows and means that are kept.</param>
internal sealed class WindowHistory(int most)
{
    /// <summary>Share of the windows that stay single when the others are condensed.</summary>
    private const double Latest = 0.4;

    /// <summary>Share of the bound that means may fill, so that condensing makes room for many windows at once.</summary>
    private const double Means = 0.45;

    private static readonly long LongestPause = SampleClock.FromSeconds(0.5), LongestMean = SampleClock.FromSeconds(6);

    private List<Entry> _entries = [];

    /// <summary>Windows and means that are kept.</summary>
    public int Count => _entries.Count;

    /// <summary>All of them in order of time.</summary>
    public IReadOnlyList<Observation> All => [.. _entries.Select(e => e.Heard)];

    /// <summary>The first sample from which all windows are there, one by one.</summary>
    public long DetailedFrom { get; private set; }

    public void Clear()
    {
        _entries.Clear();
        DetailedFrom = 0;
    }

    /// <summary>Remembers a window; they come in order of their ends.</summary>
    public void Add(Observation window)
    {
        if (_entries.Count == most)
            Condense();
        _entries.Add(new Entry(window, null));
    }

    /// <summary>Notes whose the windows are: what is one voice's can be condensed.</summary>
    /// <param name="voices">The voice of each, as <see cref="All"/> gives them.</param>
    public void Tell(IReadOnlyList<int> voices) => _entries = [.. _entries.Select((e, i) => e with { Voice = voices[i] })];

    /// <summary>Forgets the windows that touch a stretch.</summary>
    /// <param name="start">First sample.</param>
    /// <param name="end">Sample after the last.</param>
    public void Remove(long start, long end) => _entries.RemoveAll(e => e.Heard.Window.End > start && e.Heard.Window.Start < end);

    private void Condense()
    {
        int old = _entries.Count - (int)(Latest * most);
        var means = new List<Entry>();
        foreach (var entry in _entries.Take(old))
        {
            if (means.Count > 0 && means[^1] is { Voice: not null } last && last.Voice == entry.Voice && Follows(last.Heard, entry.Heard))
                means[^1] = last with { Heard = last.Heard.With(entry.Heard) };
            else
                means.Add(entry);
        }

        DetailedFrom = _entries[old].Heard.Window.Start;
        Thin(means, (int)(Means * most));
        _entries = [.. means, .. _entries.Skip(old)];
    }

    private static bool Follows(Observation last, Observation next) =>
        next.Window.Start - last.Window.End <= LongestPause && next.Window.End - last.Window.Start <= LongestMean;

    private static void Thin(List<Entry> means, int bound)
    {
        while (means.Count > bound)
        {
            var richest = means.GroupBy(e => e.Voice).MaxBy(g => g.Count())!;
            means.Remove(richest.MinBy(e => e.Heard.Seconds)!);
        }
    }

    private sealed record Entry(Observation Heard, int? Voice);
}
