using Diarizer.Audio;

namespace Diarizer.Streaming.VoiceActivity;

/// <summary>What is known of one frame of 10 ms.</summary>
/// <param name="Start">First sample.</param>
/// <param name="Probability">That it is speech.</param>
/// <param name="Energy">Mean square of the samples.</param>
internal readonly record struct SpeechFrame(long Start, float Probability, float Energy)
{
    public const int Length = SampleClock.Hop;

    public long End => Start + Length;
}
