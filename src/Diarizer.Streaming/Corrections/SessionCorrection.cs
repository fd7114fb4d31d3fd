using Diarizer.Streaming.LocalSpeakers;

namespace Diarizer.Streaming.Corrections;

/// <summary>What clustering a session anew says of it.</summary>
/// <param name="Segments">Who talks when.</param>
/// <param name="Voices">The voice of each embedded window.</param>
/// <param name="Speakers">The speaker of each voice; one without an entry is nobody's.</param>
/// <param name="NewVoices">Voices that are somebody's who was missed.</param>
internal sealed record SessionCorrection(
    IReadOnlyList<VoiceSegment> Segments, IReadOnlyList<int> Voices, IReadOnlyDictionary<int, int> Speakers, IReadOnlySet<int> NewVoices);
