using System.Threading.Channels;

namespace Diarizer.Service.Web.Live;

/// <summary>
/// What is on its way to one open page: at most <see cref="Capacity"/> events. When it is full, nothing more is put in and the page is given the whole state anew: whoever is slow
/// misses steps, never the result, and nobody waits for them.
/// </summary>
internal sealed class PageSubscription
{
    public const int Capacity = 1024;

    private readonly Channel<byte[]> _events = Channel.CreateBounded<byte[]>(new BoundedChannelOptions(Capacity) { SingleReader = true });
    private int _missed;

    /// <summary>Puts an event in; never blocks.</summary>
    public void Offer(byte[] frame)
    {
        if (!_events.Writer.TryWrite(frame))
            Interlocked.Exchange(ref _missed, 1);
    }

    /// <summary>Waits until there is something to send.</summary>
    public ValueTask<bool> WaitAsync(CancellationToken stop) => _events.Reader.WaitToReadAsync(stop);

    /// <summary>The next event; false when there is none now.</summary>
    public bool TryTake(out byte[] frame) => _events.Reader.TryRead(out frame!);

    /// <summary>True once after something was left out; what waits is thrown away then, as the whole state follows.</summary>
    public bool TakeMissed()
    {
        if (Interlocked.Exchange(ref _missed, 0) == 0)
            return false;
        while (_events.Reader.TryRead(out _))
        {
        }

        return true;
    }
}
