using System.Threading.Channels;

namespace Diarizer.Service.Embedding;

/// <summary>One stream's way into the <see cref="EmbeddingService"/>; used by one caller at a time and without allocation.</summary>
public sealed class EmbeddingLane
{
    private readonly ChannelWriter<PendingEmbedding> _queue;
    private readonly PendingEmbedding _pending = new();
    private readonly float[] _embedding;

    internal EmbeddingLane(ChannelWriter<PendingEmbedding> queue, int dimension) => (_queue, _embedding) = (queue, new float[dimension]);

    /// <summary>Embeds one window.</summary>
    /// <param name="window">16 kHz mono; must stay unchanged until the result is there.</param>
    /// <returns>The embedding, valid until the next call.</returns>
    /// <exception cref="ObjectDisposedException">The service has ended.</exception>
    public async ValueTask<ReadOnlyMemory<float>> EmbedAsync(ReadOnlyMemory<float> window)
    {
        var done = _pending.Begin(window, _embedding);
        ObjectDisposedException.ThrowIf(!_queue.TryWrite(_pending), typeof(EmbeddingService));
        await done;
        return _embedding;
    }
}
