namespace Diarizer.Mqtt;

/// <summary>Notices that the system's clock was stepped: UTC went further or less far than time did.</summary>
/// <param name="least">The smallest step that counts.</param>
/// <param name="time">The clocks.</param>
public sealed class ClockStep(TimeSpan least, TimeProvider time)
{
    private DateTimeOffset _utc = time.GetUtcNow();
    private long _timestamp = time.GetTimestamp();

    /// <summary>How far the clock was stepped since the last call; null when it was not. Not safe for concurrent use.</summary>
    public TimeSpan? Next()
    {
        var (utc, timestamp) = (time.GetUtcNow(), time.GetTimestamp());
        var step = utc - _utc - time.GetElapsedTime(_timestamp, timestamp);
        (_utc, _timestamp) = (utc, timestamp);
        return step.Duration() >= least ? step : null;
    }
}
