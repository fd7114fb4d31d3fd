using Diarizer.Streaming.Speakers;

namespace Diarizer.Streaming.Turns;

/// <summary>A merge that can be taken back.</summary>
/// <param name="From">Who is no more.</param>
/// <param name="Into">Who took over.</param>
/// <param name="Exemplars">What was taken over.</param>
/// <param name="Turns">Numbers of the turns that changed hands.</param>
internal sealed record SpeakerMerge(SpeakerModel From, SpeakerModel Into, IReadOnlyList<Exemplar> Exemplars, IReadOnlySet<int> Turns);
