using Diarizer.Audio;

namespace Diarizer.Streaming.Enrolment;

/// <summary>A window that the core asked to have embedded, with its answer.</summary>
/// <param name="Start">First sample in the recording.</param>
/// <param name="End">Sample after the last.</param>
/// <param name="Speech">Samples of speech in it.</param>
/// <param name="Probability">Mean speech probability of those.</param>
/// <param name="Embedding">Of unit norm.</param>
public sealed record EnrolmentWindow(long Start, long End, long Speech, double Probability, float[] Embedding)
{
    /// <summary>How much the embedding can be trusted: seconds of speech times their mean probability.</summary>
    public double Quality => SampleClock.ToSeconds(Speech) * Probability;
}
