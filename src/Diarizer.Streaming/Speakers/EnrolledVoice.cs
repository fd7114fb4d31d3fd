namespace Diarizer.Streaming.Speakers;

/// <summary>A person whose voice was recorded before the session began.</summary>
/// <param name="Id">Number of the person, below 0 and the same in every session; see <see cref="Events.SpeakerLabel.Id"/>.</param>
/// <param name="Samples">What is kept of the voice; at least one.</param>
public sealed record EnrolledVoice(int Id, IReadOnlyList<VoiceSample> Samples);

/// <summary>One embedding of a voice.</summary>
/// <param name="Embedding">Of unit norm.</param>
/// <param name="Quality">How much it can be trusted: seconds of speech times their mean probability.</param>
/// <param name="Recording">Number of the recording that it is from; samples of one recording share its channel.</param>
public sealed record VoiceSample(float[] Embedding, double Quality, int Recording = 0);
