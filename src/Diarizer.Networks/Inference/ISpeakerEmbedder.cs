namespace Diarizer.Networks.Inference;

/// <summary>A loaded speaker embedding network.</summary>
public interface ISpeakerEmbedder : IDisposable
{
    /// <summary>Length D of an embedding.</summary>
    int Dimension { get; }

    /// <summary>The shortest window, in samples, that can be embedded.</summary>
    int MinimumSamples { get; }

    /// <summary>Embeds windows of 16 kHz mono audio; windows may differ in length. Safe to call from several threads.</summary>
    /// <param name="windows">At least <see cref="MinimumSamples"/> samples each.</param>
    /// <param name="embeddings">Room for <c>windows.Count * Dimension</c> floats; row i, of unit L2 norm, belongs to window i.</param>
    void Embed(IReadOnlyList<ReadOnlyMemory<float>> windows, Span<float> embeddings);
}
