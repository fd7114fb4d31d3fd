namespace Diarizer.Streaming.Embeddings;

/// <summary>A stretch of audio to embed.</summary>
/// <param name="Start">First sample.</param>
/// <param name="End">Sample after the last.</param>
/// <param name="Speech">Samples of speech in it.</param>
/// <param name="Probability">Mean speech probability of those.</param>
internal readonly record struct Window(long Start, long End, long Speech, double Probability)
{
    public long Centre => (Start + End) / 2;
}
