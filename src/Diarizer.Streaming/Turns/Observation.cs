using Diarizer.Audio;
using Diarizer.Streaming.Embeddings;

namespace Diarizer.Streaming.Turns;

/// <summary>An embedded window.</summary>
internal sealed record Observation(Window Window, float[] Embedding)
{
    /// <summary>No embedding is taken to rest on less speech than this: what lies around it was embedded too.</summary>
    public const double LeastSeconds = 0.3;

    /// <summary>Seconds of speech times their mean probability: how much the embedding can be trusted.</summary>
    public double Quality => SampleClock.ToSeconds(Window.Speech) * Window.Probability;

    /// <summary>Seconds of speech in it.</summary>
    public double Seconds => Math.Max(LeastSeconds, SampleClock.ToSeconds(Window.Speech));
}
