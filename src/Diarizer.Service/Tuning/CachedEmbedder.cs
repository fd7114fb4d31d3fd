using Diarizer.Networks.Inference;

namespace Diarizer.Service.Tuning;

/// <summary>Embeds each window once. Windows are told apart by their samples, so that it does not matter which options cut them out.</summary>
/// <param name="embedder">The network; owned by the caller.</param>
/// <param name="cache">What is known; owned by the caller.</param>
internal sealed class CachedEmbedder(ISpeakerEmbedder embedder, EmbeddingCache cache) : ISpeakerEmbedder
{
    private int _embedded;

    /// <inheritdoc/>
    public int Dimension => embedder.Dimension;

    /// <inheritdoc/>
    public int MinimumSamples => embedder.MinimumSamples;

    /// <summary>Windows that the network had to embed.</summary>
    public int Embedded => Volatile.Read(ref _embedded);

    /// <inheritdoc/>
    public void Embed(IReadOnlyList<ReadOnlyMemory<float>> windows, Span<float> embeddings)
    {
        var missing = new List<int>();
        var keys = new UInt128[windows.Count];
        for (var i = 0; i < windows.Count; i++)
        {
            keys[i] = SampleDigest.Of(windows[i].Span);
            if (!cache.TryGet(keys[i], embeddings.Slice(i * Dimension, Dimension)))
                missing.Add(i);
        }

        if (missing.Count == 0)
            return;
        var computed = new float[missing.Count * Dimension];
        embedder.Embed([.. missing.Select(i => windows[i])], computed);
        for (var i = 0; i < missing.Count; i++)
        {
            var embedding = computed.AsSpan(i * Dimension, Dimension);
            embedding.CopyTo(embeddings.Slice(missing[i] * Dimension, Dimension));
            cache.Add(keys[missing[i]], embedding);
        }

        Interlocked.Add(ref _embedded, missing.Count);
    }

    /// <summary>Nothing: the network belongs to somebody else.</summary>
    public void Dispose()
    {
    }
}
