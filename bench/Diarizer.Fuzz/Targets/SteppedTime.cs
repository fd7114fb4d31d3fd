namespace Diarizer.Fuzz.Targets;

/// <summary>A clock that moves only when told to.</summary>
internal sealed class SteppedTime : TimeProvider
{
    private long _ticks = 1;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Time that has passed.</summary>
    public TimeSpan Elapsed => new(_ticks - 1);

    public override long GetTimestamp() => _ticks;

    /// <summary>Lets time pass.</summary>
    public void Pass(TimeSpan time) => _ticks += time.Ticks;
}
