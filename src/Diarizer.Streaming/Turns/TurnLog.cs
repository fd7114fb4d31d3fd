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

    /// <summary>The ended turns that can still be revised, in no certain order; what comes later does not change the list.</summary>
    public IReadOnlyList<EndedTurn> Turns => [.. _ended];

    /// <summary>Turns that have ended in this session.</summary>
    public long Count { get; private set; }

    /// <summary>The end of the last turn that begins before a sample, or the sample where that is later.</summary>
    public long EndBefore(long sample)
    {
        long end = sample;
        foreach (var turn in _ended)
        {
            if (turn.Last.Start < sample)
                end = Math.Max(end, turn.Last.End);
        }

        return end;
    }

    /// <summary>Tells of a turn that nobody heard while it went on.</summary>
    public EndedTurn Insert(long at, int id, SpeakerModel speaker, SpeakerLabel label, long start, long end)
    {
        const double LikelySpeech = 0.9;
        var turn = new EndedTurn(new TurnChanged(at, TurnEventKind.Revised, id, 0, label, start, end, TurnEndReason.SpeakerChange), speaker, end - start, LikelySpeech);
        Keep(turn);
        events.Add(turn.Last);
        return turn;
    }

    /// <summary>Moves a turn to another speaker, or tells it again under the speaker's new number.</summary>
    public void Revise(long at, EndedTurn turn, SpeakerModel? speaker, SpeakerLabel label) =>
        Revise(at, turn, speaker, label, turn.Last.Start, turn.Last.End);

    /// <summary>Moves a turn to another speaker and extent; one that ends where it begins is withdrawn.</summary>
    public void Revise(long at, EndedTurn turn, SpeakerModel? speaker, SpeakerLabel label, long start, long end)
    {
        turn.Speaker = speaker;
        turn.Last = turn.Last with { At = at, Kind = TurnEventKind.Revised, Revision = turn.Last.Revision + 1, Speaker = label, Start = start, End = end };
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
