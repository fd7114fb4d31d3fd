namespace Diarizer.Mqtt.Publishing;

/// <summary>Wakes one waiter; set several times before a wait, it wakes once.</summary>
internal sealed class Signal : IDisposable
{
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _signal = new(0, 1);

    public void Set()
    {
        lock (_gate)
        {
            if (_signal.CurrentCount == 0)
                _signal.Release();
        }
    }

    /// <summary>Completes when it was set since the last wait.</summary>
    public Task WaitAsync(CancellationToken cancellationToken) => _signal.WaitAsync(cancellationToken);

    public void Dispose() => _signal.Dispose();
}
