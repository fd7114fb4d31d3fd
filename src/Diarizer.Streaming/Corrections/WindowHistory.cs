using Diarizer.Streaming.Turns;

namespace Diarizer.Streaming.Corrections;

/// <summary>The embedded windows of a session, the oldest forgotten beyond a bound.</summary>
/// <param name="most">Most windows that are kept.</param>
internal sealed class WindowHistory(int most)
{
    private Queue<Observation> _windows = new();

    /// <summary>Windows that are kept.</summary>
    public int Count => _windows.Count;

    public void Clear() => _windows.Clear();

    /// <summary>Remembers a window; they come in order of their ends.</summary>
    public void Add(Observation window)
    {
        if (_windows.Count == most)
            _windows.Dequeue();
        _windows.Enqueue(window);
    }

    /// <summary>Forgets the windows that touch a stretch.</summary>
    /// <param name="start">First sample.</param>
    /// <param name="end">Sample after the last.</param>
    public void Remove(long start, long end) => _windows = new Queue<Observation>(_windows.Where(w => w.Window.End <= start || w.Window.Start >= end));

    /// <summary>The last windows in order of time.</summary>
    /// <param name="count">The most to give.</param>
    public IReadOnlyList<Observation> Last(int count) => [.. _windows.Skip(Math.Max(0, _windows.Count - count))];
}
