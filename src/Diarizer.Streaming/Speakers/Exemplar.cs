namespace Diarizer.Streaming.Speakers;

/// <summary>One remembered embedding of a speaker.</summary>
/// <param name="Embedding">Of unit norm.</param>
/// <param name="Quality">How much it can be trusted: seconds of speech times their mean probability.</param>
internal readonly record struct Exemplar(float[] Embedding, double Quality);
