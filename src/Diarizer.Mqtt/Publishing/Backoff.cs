namespace Diarizer.Mqtt.Publishing;

/// <summary>
/// Growing waits between attempts: the bound doubles from the minimum to the maximum and each wait is drawn from its upper half, so that many
/// nodes do not return to a broker at the same instant, yet no wait is shorter than the one before until the maximum is reached.
/// </summary>
internal sealed class Backoff(TimeSpan min, TimeSpan max, Random random)
{
    private readonly TimeSpan _min = min;
    private TimeSpan _bound = min;

    public TimeSpan Next()
    {
        var wait = _bound * (0.5 + (random.NextDouble() / 2));
        _bound = _bound * 2 < max ? _bound * 2 : max;
        return wait;
    }

    public void Reset() => _bound = _min;
}
