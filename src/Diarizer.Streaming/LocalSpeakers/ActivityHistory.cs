namespace Diarizer.Streaming.LocalSpeakers;

/// <summary>The windows of the segmentation network that a session's correction looks back on; the oldest are forgotten beyond a bound.</summary>
/// <param name="most">Most windows that are kept.</param>
internal sealed class ActivityHistory(int most)
{
    private readonly Queue<LocalActivity> _windows = new();

    /// <summary>The end of what was forgotten: nothing can be said of what lies before it.</summary>
    public long ForgottenUntil { get; private set; }

    public void Clear()
    {
        _windows.Clear();
        ForgottenUntil = 0;
    }

    /// <summary>Remembers a window; they come in order of time.</summary>
    public void Add(LocalActivity window)
    {
        if (_windows.Count == most)
            ForgottenUntil = _windows.Dequeue().End;
        _windows.Enqueue(window);
    }

    /// <summary>The windows that end after a sample, in order of time.</summary>
    public IReadOnlyList<LocalActivity> Since(long sample) => [.. _windows.SkipWhile(w => w.End <= sample)];
}
