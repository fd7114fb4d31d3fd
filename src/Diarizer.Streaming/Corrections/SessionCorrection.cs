using Diarizer.Streaming.LocalSpeakers;
using Diarizer.Streaming.Turns;

namespace Diarizer.Streaming.Corrections;

/// <summary>What clustering a session anew says of it.</summary>
/// <param name="Segments">Who talks when, as far back as everything is known.</param>
/// <param name="Earlier">Turns before that, and whose they are; their extents stay.</param>
/// <param name="Voices">The voice of each embedded window.</param>
/// <param name="Speakers">The speaker of each voice; one without an entry is nobody's.</param>
/// <param name="NewVoices">Voices that are somebody's who was missed.</param>
internal sealed record SessionCorrection(
    IReadOnlyList<VoiceSegment> Segments, IReadOnlyList<(VoiceSegment Segment, EndedTurn Turn)> Earlier, IReadOnlyList<int> Voices, IReadOnlyDictionary<int, int> Speakers, IReadOnlySet<int> NewVoices);
