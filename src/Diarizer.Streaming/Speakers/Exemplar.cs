namespace Diarizer.Streaming.Speakers;

/// <summary>One remembered embedding of a speaker.</summary>
/// <param name="Embedding">Of unit norm.</param>
/// <param name="Quality">How much it can be trusted: seconds of speech times their mean probability.</param>
/// <param name="Turn">The turn that it was heard in; 0 when that is not certain.</param>
internal readonly record struct Exemplar(float[] Embedding, double Quality, int Turn = 0);
