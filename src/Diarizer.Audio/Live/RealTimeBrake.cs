namespace Diarizer.Audio.Live;

/// <summary>
/// Holds back a device that has no clock of its own, such as ALSA's <c>null</c> and <c>file</c> plugins, which deliver as fast as one reads.
/// A true device is at most its own buffer ahead, and its crystal is never 5 % off, so it is never held back.
/// </summary>
internal sealed class RealTimeBrake(TimeProvider time)
{
    private static readonly TimeSpan Trust = TimeSpan.FromSeconds(0.75);
    private const double CrystalTolerance = 1.05;

    private long _origin = time.GetTimestamp();
    private long _frames;
    private int _rate;
    private bool _engaged;

    /// <summary>How long the next read should wait.</summary>
    public TimeSpan Early => _engaged ? Delivered - time.GetElapsedTime(_origin) : TimeSpan.Zero;

    private TimeSpan Delivered => _rate == 0 ? TimeSpan.Zero : TimeSpan.FromTicks((long)((Int128)_frames * TimeSpan.TicksPerSecond / _rate));

    public void Add(int frames, int rate)
    {
        _rate = rate;
        _frames += frames;
        var elapsed = time.GetElapsedTime(_origin);
        _engaged |= Delivered > elapsed * CrystalTolerance + Trust;
    }

    public void Reset()
    {
        _origin = time.GetTimestamp();
        _frames = 0;
        _engaged = false;
    }
}
