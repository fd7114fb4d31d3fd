namespace Diarizer.Streaming.Scoring;

/// <summary>A stretch of one speaker's speech.</summary>
/// <param name="Recording">Name of the recording, as in the RTTM.</param>
/// <param name="Speaker">Name of the speaker within the recording.</param>
/// <param name="Start">Seconds.</param>
/// <param name="End">Seconds; after <paramref name="Start"/>.</param>
public readonly record struct SpeakerSegment(string Recording, string Speaker, double Start, double End);
