namespace Diarizer.Mqtt.Outbox;

/// <summary>Spreads what is sent from the record over time, in small bursts. Used by one caller at a time.</summary>
internal sealed class ReplayPace(int perSecond, TimeProvider time)
{
    private static readonly TimeSpan Burst = TimeSpan.FromMilliseconds(50);

    private readonly int _perBurst = Math.Max(1, (int)(perSecond * Burst.TotalSeconds));
    private readonly TimeSpan _interval = TimeSpan.FromSeconds(Math.Max(1, (int)(perSecond * Burst.TotalSeconds)) / (double)perSecond);
    private long _began;
    private int _sent;

    /// <summary>Waits until one more may be sent.</summary>
    public async ValueTask WaitAsync(CancellationToken cancellationToken)
    {
        if (_sent >= _perBurst)
        {
            var rest = _interval - time.GetElapsedTime(_began);
            if (rest > TimeSpan.Zero)
                await Task.Delay(rest, time, cancellationToken).ConfigureAwait(false);
            _sent = 0;
        }
        if (_sent++ == 0)
            _began = time.GetTimestamp();
    }
}
