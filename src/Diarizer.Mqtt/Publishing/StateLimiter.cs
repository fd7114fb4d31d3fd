namespace Diarizer.Mqtt.Publishing;

/// <summary>
/// Lets an action through at most once every <paramref name="interval"/>: at once if the last time is long enough ago, else once at the end of the
/// interval, however often it was asked for in between. The action reads the state when it runs, so the newest always wins.
/// </summary>
/// <param name="interval">Least time between two runs.</param>
/// <param name="action">Must be safe to call from any thread; never called twice at once.</param>
/// <param name="time">Clock.</param>
internal sealed class StateLimiter(TimeSpan interval, Action action, TimeProvider time) : IDisposable
{
    private readonly Lock _gate = new();
    private ITimer? _timer;
    private long? _last;
    private bool _disposed;

    public void Request()
    {
        lock (_gate)
        {
            if (_timer is not null || _disposed)
                return;
            var wait = _last is { } last ? interval - time.GetElapsedTime(last) : TimeSpan.Zero;
            if (wait <= TimeSpan.Zero)
                Run();
            else
                _timer = time.CreateTimer(_ => Trail(), null, wait, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Runs what is still due, then nothing more.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            if (_timer is not null)
                Run();
        }
    }

    private void Trail()
    {
        lock (_gate)
        {
            if (!_disposed)
                Run();
        }
    }

    private void Run()
    {
        _timer?.Dispose();
        _timer = null;
        _last = time.GetTimestamp();
        action();
    }
}
