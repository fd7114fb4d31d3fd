using System.Numerics.Tensors;
using Diarizer.Audio;
using Diarizer.Streaming.Embeddings;

namespace Diarizer.Streaming.Turns;

/// <summary>An embedded window, or the mean of several that follow each other.</summary>
internal sealed record Observation(Window Window, float[] Embedding)
{
    /// <summary>No embedding is taken to rest on less speech than this: what lies around it was embedded too.</summary>
    public const double LeastSeconds = 0.3;

    /// <summary>Seconds of speech times their mean probability: how much the embedding can be trusted.</summary>
    public double Quality => SampleClock.ToSeconds(Window.Speech) * Window.Probability;

    /// <summary>Seconds of speech between its start and its end.</summary>
    public double SpeechSeconds => Math.Max(LeastSeconds, SampleClock.ToSeconds(Window.Speech));

    /// <summary>Seconds of speech that the embedding rests on; what overlapping windows share counts for each of them.</summary>
    public double Seconds => Condensed ?? SpeechSeconds;

    /// <summary>For a mean, the sum of the windows' <see cref="Seconds"/>, by which it is weighted; null for one window.</summary>
    public double? Condensed { get; init; }

    /// <summary>The mean of two stretches, as much evidence as both of them.</summary>
    /// <param name="next">Does not start before this one.</param>
    public Observation With(Observation next)
    {
        var embedding = new float[Embedding.Length];
        double all = Seconds + next.Seconds;
        TensorPrimitives.Multiply(Embedding, (float)(Seconds / all), embedding);
        TensorPrimitives.MultiplyAdd(next.Embedding, (float)(next.Seconds / all), embedding, embedding);
        var (first, second) = (Window, next.Window);
        long end = Math.Max(first.End, second.End), common = Math.Max(0, first.End - second.Start);
        double density = (double)(first.Speech + second.Speech) / Math.Max(1, first.End - first.Start + second.End - second.Start);
        long speech = Math.Min(end - first.Start, first.Speech + second.Speech - (long)(density * common));
        return new Observation(new Window(first.Start, end, speech, ((first.Probability * Seconds) + (second.Probability * next.Seconds)) / all), embedding) { Condensed = all };
    }
}
