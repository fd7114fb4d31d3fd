namespace Diarizer.Mqtt.Tests.Support;

/// <summary>A clock that moves when the test says so; timers fire on the caller's thread.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly List<ManualTimer> _timers = [];

    public TimeSpan Now { get; private set; }

    /// <summary>What the system's clock says at the start; setting it later steps the clock.</summary>
    public DateTimeOffset Epoch { get; set; } = DateTimeOffset.UnixEpoch;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Now.Ticks;

    public override DateTimeOffset GetUtcNow() => Epoch + Now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state), Now + dueTime);
        _timers.Add(timer);
        return timer;
    }

    public void Advance(TimeSpan step)
    {
        var end = Now + step;
        while (_timers.Where(t => t.Due <= end).MinBy(t => t.Due) is { } next)
        {
            Now = next.Due;
            _timers.Remove(next);
            next.Fire();
        }
        Now = end;
    }

    private sealed class ManualTimer(ManualTime time, Action fire, TimeSpan due) : ITimer
    {
        public TimeSpan Due { get; } = due;

        public void Fire() => fire();

        public bool Change(TimeSpan dueTime, TimeSpan period) => throw new NotSupportedException();

        public void Dispose() => time._timers.Remove(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
