using Diarizer.Streaming.Events;
using Diarizer.Streaming.Speakers;

namespace Diarizer.Streaming.Turns;

/// <summary>Writes the events of turns, numbers their revisions, and revises the last turns when it turns out who spoke.</summary>
internal sealed class TurnLog(List<DiarizationEvent> events)
{
    /// <summary>Ended turns that can still be revised.</summary>
    public const int TurnsKept = 1_024;

    private const int WaitingTurns = 8;

    private readonly List<EndedTurn> _ended = [];

    /// <summary>Forgets all turns, for a new session.</summary>
    public void Clear()
    {
        _ended.Clear();
        Count = 0;
    }

    public void Started(long at, OpenTurn turn, long end) => Write(at, TurnEventKind.Started, turn, end, null);

    public void Updated(long at, OpenTurn turn, long end)
    {
        turn.Revision++;
        Write(at, TurnEventKind.Updated, turn, end, null);
    }

    public void Ended(long at, OpenTurn turn, long end, TurnEndReason reason)
    {
        turn.Revision++;
        var last = Write(at, TurnEventKind.Ended, turn, end, reason);
        Count++;
        Keep(new EndedTurn(last, turn.Speaker, turn.Attributed, turn.Probability) { IsCertain = turn.IsCertain });
    }

    /// <summary>The ended turns that are a speaker's, or were guessed to be, and can still be revised, oldest first.</summary>
    public IReadOnlyList<EndedTurn> Of(SpeakerModel speaker) =>
        [.. _ended.Where(t => t.Speaker == speaker || (t.Speaker is null && speaker.Id != 0 && t.Last.Speaker.Id == speaker.Id))];

    /// <summary>The ended turns that were only guessed to be of the speaker of that number.</summary>
    public IReadOnlyList<EndedTurn> Guessed(int id) => [.. _ended.Where(t => t.Speaker is null && t.Last.Speaker.Id == id)];

    /// <summary>Gives the name to the last ended turns that waited for it.</summary>
    public void ReviseUnnamed(long at, SpeakerModel before, SpeakerModel named, SpeakerLabel label)
    {
        var waiting = _ended.Where(t => t.Speaker == before && t.Last.Speaker.IsUnknown).ToList();
        foreach (var turn in waiting.TakeLast(WaitingTurns))
            Revise(at, turn, named, label);
    }

    /// <summary>The ended turns that start at or after a sample and can still be revised, in no certain order.</summary>
    public IReadOnlyList<EndedTurn> Since(long sample) => [.. _ended.Where(t => t.Last.Start >= sample)];

    /// <summary>Turns that have ended in this session.</summary>
    public long Count { get; private set; }

    /// <summary>Makes the part of an ended turn from a sample on a turn of its own, which <see cref="Revise"/> then tells of.</summary>
    public EndedTurn CutOff(EndedTurn turn, int id, long from)
    {
        long whole = turn.Last.End - turn.Last.Start, speech = turn.Speech * (turn.Last.End - from) / whole;
        var part = new EndedTurn(turn.Last with { TurnId = id, Revision = -1, Start = from }, turn.Speaker, speech, turn.Probability);
        (turn.Speech, turn.IsCut) = (turn.Speech - speech, true);
        turn.Last = turn.Last with { End = from };
        Keep(part);
        return part;
    }

    /// <summary>Moves a turn to another speaker, or tells it again under the speaker's new number.</summary>
    public void Revise(long at, EndedTurn turn, SpeakerModel? speaker, SpeakerLabel label)
    {
        (turn.Speaker, turn.IsCut) = (speaker, false);
        turn.Last = turn.Last with { At = at, Kind = TurnEventKind.Revised, Revision = turn.Last.Revision + 1, Speaker = label };
        events.Add(turn.Last);
    }

    /// <summary>Writes an event about a speaker.</summary>
    public void Renumbered(SpeakerRenumbered renumbered) => events.Add(renumbered);

    private void Keep(EndedTurn turn)
    {
        if (_ended.Count == TurnsKept)
            _ended.RemoveAt(0);
        _ended.Add(turn);
    }

    private TurnChanged Write(long at, TurnEventKind kind, OpenTurn turn, long end, TurnEndReason? reason)
    {
        var written = new TurnChanged(at, kind, turn.Id, turn.Revision, turn.Label, turn.Start, Math.Max(end, turn.Start), reason);
        events.Add(written);
        return written;
    }
}
