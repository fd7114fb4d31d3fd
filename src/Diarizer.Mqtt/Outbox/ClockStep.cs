namespace Diarizer.Mqtt.Outbox;

/// <summary>Notices that the system's clock was stepped: UTC went further or less far than time did.</summary>
internal sealed class ClockStep(TimeProvider time)
{
    private static readonly TimeSpan Least = TimeSpan.FromMinutes(1);

    private DateTimeOffset _utc = time.GetUtcNow();
    private long _timestamp = time.GetTimestamp();

    /// <summary>How far the clock was stepped since the last call, if by a minute or more.</summary>
    public TimeSpan? Next()
    {
        var (utc, timestamp) = (time.GetUtcNow(), time.GetTimestamp());
        var step = utc - _utc - time.GetElapsedTime(_timestamp, timestamp);
        (_utc, _timestamp) = (utc, timestamp);
        return step.Duration() >= Least ? step : null;
    }
}
