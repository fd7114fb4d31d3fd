namespace Diarizer.Streaming.Embeddings;

/// <summary>A window whose embedding the core needs before it can go on.</summary>
/// <param name="Start">First sample on the capture clock.</param>
/// <param name="End">Sample after the last.</param>
/// <param name="Samples">The audio, 16 kHz mono; valid until the request is answered.</param>
public readonly record struct EmbeddingRequest(long Start, long End, ReadOnlyMemory<float> Samples)
{
    /// <summary>Samples of speech in it.</summary>
    public long Speech { get; init; }

    /// <summary>Mean speech probability of those.</summary>
    public double Probability { get; init; }
}
