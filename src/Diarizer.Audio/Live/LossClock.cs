namespace Diarizer.Audio.Live;

/// <summary>
/// Turns time without a device into frames. Whole frames are taken off the elapsed time and the rest stays for the next call, so that an
/// outage reported in a hundred pieces is as long as one reported at once.
/// </summary>
internal sealed class LossClock(TimeProvider time)
{
    private long _accounted = time.GetTimestamp();
    private long _lastFrame = time.GetTimestamp();

    /// <summary>Time since the last frame, or since the device was opened.</summary>
    public TimeSpan SinceLastFrame => time.GetElapsedTime(_lastFrame);

    /// <summary>The last frame read was captured <paramref name="buffered"/> frames before now.</summary>
    public void Frames(long buffered, int rate)
    {
        _lastFrame = time.GetTimestamp();
        _accounted = _lastFrame - Ticks(buffered, rate);
    }

    /// <summary>A device was opened: its silence counts from here.</summary>
    public void Opened() => _lastFrame = time.GetTimestamp();

    /// <summary>Frames that would have come since the last call.</summary>
    public long LostSoFar(int rate) => Take(0, rate);

    /// <summary>Frames that would have come before the newest <paramref name="captured"/> ones.</summary>
    public long LostBefore(long captured, int rate) => Take(captured, rate);

    private long Take(long captured, int rate)
    {
        var elapsed = (Int128)(time.GetTimestamp() - _accounted);
        var lost = (long)(elapsed * rate / time.TimestampFrequency) - captured;
        if (lost <= 0) return 0;
        _accounted += Ticks(lost, rate);
        return lost;
    }

    private long Ticks(long frames, int rate) => (long)((Int128)frames * time.TimestampFrequency / rate);
}
