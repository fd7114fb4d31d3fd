using Diarizer.Audio;
using Diarizer.Streaming.Embeddings;

namespace Diarizer.Streaming.Turns;

/// <summary>An embedded window.</summary>
internal sealed record Observation(Window Window, float[] Embedding)
{
    /// <summary>Seconds of speech times their mean probability: how much the embedding can be trusted.</summary>
    public double Quality => SampleClock.ToSeconds(Window.Speech) * Window.Probability;
}
