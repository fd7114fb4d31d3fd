namespace Diarizer.Audio.Timing;

/// <summary>Waits for points on an absolute schedule, so that late wake-ups never add up. One thread waits; another may <see cref="Stop"/>.</summary>
internal sealed class Pacer : IDisposable
{
    private readonly TimeProvider _time;
    private readonly ManualResetEventSlim _due = new();
    private readonly ITimer _timer;
    private readonly long _origin;
    private volatile bool _stopped;

    public Pacer(TimeProvider time)
    {
        _time = time;
        _origin = time.GetTimestamp();
        _timer = time.CreateTimer(static state => ((ManualResetEventSlim)state!).Set(), _due, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Returns when <paramref name="sinceStart"/> has passed since construction, or after <see cref="Stop"/>.</summary>
    public void WaitUntil(TimeSpan sinceStart)
    {
        while (!_stopped)
        {
            var wait = sinceStart - _time.GetElapsedTime(_origin);
            if (wait <= TimeSpan.Zero) return;
            _due.Reset();
            // Stop may have come between the check above and the reset.
            if (_stopped) return;
            _timer.Change(wait, Timeout.InfiniteTimeSpan);
            _due.Wait();
        }
    }

    public void Stop()
    {
        _stopped = true;
        _due.Set();
    }

    public void Dispose()
    {
        Stop();
        _timer.Dispose();
    }
}
