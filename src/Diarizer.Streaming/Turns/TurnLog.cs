using Diarizer.Streaming.Events;
using Diarizer.Streaming.Speakers;

namespace Diarizer.Streaming.Turns;

/// <summary>Writes the events of turns, numbers their revisions, and revises the turns that waited for a name.</summary>
internal sealed class TurnLog(List<DiarizationEvent> events)
{
    private const int WaitingTurnsKept = 8;

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
        if (turn.Speaker is not { Id: 0 } unnamed)
            return;
        if (unnamed.UnnamedTurns.Count == WaitingTurnsKept)
            unnamed.UnnamedTurns.RemoveAt(0);
        unnamed.UnnamedTurns.Add(last);
    }

    /// <summary>Gives the name to the ended turns that waited for it.</summary>
    public void ReviseUnnamed(long at, SpeakerModel speaker, SpeakerLabel label)
    {
        foreach (var turn in speaker.UnnamedTurns)
            events.Add(turn with { At = at, Kind = TurnEventKind.Revised, Revision = turn.Revision + 1, Speaker = label });
        speaker.UnnamedTurns.Clear();
    }

    private TurnChanged Write(long at, TurnEventKind kind, OpenTurn turn, long end, TurnEndReason? reason)
    {
        var written = new TurnChanged(at, kind, turn.Id, turn.Revision, turn.Label, turn.Start, Math.Max(end, turn.Start), reason);
        events.Add(written);
        return written;
    }
}
