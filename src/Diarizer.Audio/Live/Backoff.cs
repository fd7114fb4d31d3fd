using Diarizer.Audio.Sources;

namespace Diarizer.Audio.Live;

/// <summary>The pause before the next attempt to reopen: doubles from the minimum to the maximum.</summary>
internal sealed class Backoff(AudioSourceOptions options)
{
    private TimeSpan _pause = options.ReopenMinimum;
    private long _since;
    private TimeSpan _current;

    public TimeSpan Remaining => _current - options.Time.GetElapsedTime(_since);

    public void Reset() => _pause = options.ReopenMinimum;

    public void Failed()
    {
        _since = options.Time.GetTimestamp();
        _current = _pause;
        _pause = _pause * 2 < options.ReopenMaximum ? _pause * 2 : options.ReopenMaximum;
    }
}
