using Diarizer.Streaming.LocalSpeakers;
using Diarizer.Streaming.Turns;

namespace Diarizer.Streaming.Corrections;

/// <summary>
/// Which turn becomes which segment, so that subscribers see turns move rather than vanish: each segment takes the turn with which it shares most, each turn goes to
/// one segment at most.
/// </summary>
/// <param name="Told">Segments in order of time, each with the turn that becomes it; without one where it is a turn of its own.</param>
/// <param name="Withdrawn">Turns that no segment took.</param>
internal sealed record TurnMatching(IReadOnlyList<(VoiceSegment Segment, EndedTurn? Turn)> Told, IReadOnlyList<EndedTurn> Withdrawn)
{
    /// <summary>Matches segments with turns.</summary>
    /// <param name="segments">Who talks when.</param>
    /// <param name="turns">Ended turns; those that a command said something of keep what they have.</param>
    /// <param name="shortest">Samples that what such a turn leaves of a segment needs.</param>
    public static TurnMatching Of(IReadOnlyList<VoiceSegment> segments, IReadOnlyList<EndedTurn> turns, long shortest)
    {
        var certain = turns.Where(t => t.IsCertain && t.Last.End > t.Last.Start).ToList();
        var free = segments.SelectMany(s => Without(s, certain).Where(left => left == s || left.Length >= shortest)).OrderBy(s => s.Start).ThenBy(s => s.Voice).ToList();
        var open = turns.Where(t => !t.IsCertain && t.Last.End > t.Last.Start).ToList();
        var taken = new Dictionary<VoiceSegment, EndedTurn>();
        var used = new HashSet<EndedTurn>();
        foreach (var (segment, turn, _) in SessionCorrector.Pairs(free, open).OrderByDescending(p => p.Common).ThenBy(p => p.Turn.Last.TurnId))
        {
            if (!used.Contains(turn) && taken.TryAdd(segment, turn))
                used.Add(turn);
        }

        return new TurnMatching([.. free.Select(s => (s, taken.GetValueOrDefault(s)))], [.. open.Where(t => !used.Contains(t))]);
    }

    // What is left of a segment where no command said whose a turn is.
    private static IEnumerable<VoiceSegment> Without(VoiceSegment segment, List<EndedTurn> certain)
    {
        long start = segment.Start;
        foreach (var turn in certain.Where(t => segment.Common(t.Last.Start, t.Last.End) > 0).OrderBy(t => t.Last.Start))
        {
            if (turn.Last.Start > start)
                yield return segment with { Start = start, End = turn.Last.Start };
            start = Math.Max(start, turn.Last.End);
        }

        if (start < segment.End)
            yield return segment with { Start = start };
    }
}
