using Diarizer.Streaming.Turns;

namespace Diarizer.Streaming.Corrections;

/// <summary>What clustering a session anew says of its turns.</summary>
/// <param name="Turns">Turns in which windows were heard, each with its parts in order.</param>
/// <param name="Speakers">The speaker of each voice; one without an entry is nobody's.</param>
/// <param name="NewVoices">Voices that are somebody's who was missed.</param>
internal sealed record SessionCorrection(IReadOnlyList<CutTurn> Turns, IReadOnlyDictionary<int, int> Speakers, IReadOnlySet<int> NewVoices);

/// <summary>A turn and its parts.</summary>
internal sealed record CutTurn(EndedTurn Turn, IReadOnlyList<TurnPiece> Pieces);
