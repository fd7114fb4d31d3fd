using Diarizer.Streaming.Events;

namespace Diarizer.Mqtt.Contract;

/// <summary>Turns the core's events of one session into messages. Pure: the same events give the same messages. Not safe for concurrent use.</summary>
/// <param name="session">The session that the events belong to.</param>
public sealed class TurnEventMapper(StreamSession session)
{
    private readonly OpenTurns _turns = new();
    private readonly HashSet<int> _speakers = [];
    private List<int> _active = [];
    private long _since;
    private long _seq;

    /// <summary>The session.</summary>
    public StreamSession Session { get; } = session;

    /// <summary>The message for a turn event.</summary>
    /// <param name="turn">The event.</param>
    /// <param name="processing">Time that passed since the audio up to <see cref="DiarizationEvent.At"/> was captured; added to the latency.</param>
    public TurnMessage Map(TurnChanged turn, TimeSpan processing = default)
    {
        ArgumentNullException.ThrowIfNull(turn);
        Take(turn);
        var turnId = $"{Session.SessionId}-{turn.TurnId}";
        var about = turn.Kind is TurnEventKind.Started or TurnEventKind.Updated ? turn.Start : turn.End;
        return new TurnMessage
        {
            EventType = TypeOf(turn.Kind),
            Id = $"{turnId}-{turn.Revision}",
            Seq = ++_seq,
            BootId = Session.BootId,
            SessionId = Session.SessionId,
            Stream = Session.Stream,
            TurnId = turnId,
            Revision = turn.Revision,
            Final = turn.Kind is TurnEventKind.Ended or TurnEventKind.Revised,
            Speaker = SpeakerOf(turn.Speaker),
            Start = Session.At(turn.Start),
            End = Session.At(turn.End),
            StartMs = Session.Milliseconds(turn.Start),
            EndMs = Session.Milliseconds(turn.End),
            Overlap = _turns.Overlapping(turn),
            EndReason = turn.EndReason,
            LatencyMs = Math.Max(0, Session.Milliseconds(turn.At - about) + (long)processing.TotalMilliseconds),
        };
    }

    /// <summary>Who speaks after the events mapped so far.</summary>
    public StateMessage State() => new()
    {
        Seq = _seq,
        SessionId = Session.SessionId,
        Active = [.. _active.Select(SpeakerMessage.IdOf)],
        Names = [.. _active.Select(Session.Names.Of)],
        SpeakerCount = _speakers.Count,
        Since = Session.At(_since),
    };

    /// <summary>A speaker has another number, or is part of another one.</summary>
    public void Take(SpeakerRenumbered renumbered)
    {
        ArgumentNullException.ThrowIfNull(renumbered);
        if (_speakers.Remove(renumbered.From) && renumbered.To != 0)
            _speakers.Add(renumbered.To);
    }

    private void Take(TurnChanged turn)
    {
        _turns.Take(turn);
        if (turn.Speaker is { IsUnknown: false, Decided: true })
            _speakers.Add(turn.Speaker.Id);
        List<int> active = [.. _turns.Open.Select(t => t.Speaker.Id).Distinct()];
        if (active.SequenceEqual(_active))
            return;
        _active = active;
        _since = turn.Kind == TurnEventKind.Started ? turn.Start : turn.Kind == TurnEventKind.Ended ? turn.End : turn.At;
    }

    private SpeakerMessage SpeakerOf(SpeakerLabel speaker) => new()
    {
        Id = SpeakerMessage.IdOf(speaker.Id),
        Name = Session.Names.Of(speaker.Id),
        Enrolled = speaker.Id < 0,
        Confidence = float.IsFinite(speaker.Confidence) ? Math.Round(Math.Clamp(speaker.Confidence, 0, 1), 3) : 0,
        Decided = speaker.Decided,
    };

    private static TurnEventType TypeOf(TurnEventKind kind) => kind switch
    {
        TurnEventKind.Started => TurnEventType.TurnStarted,
        TurnEventKind.Updated => TurnEventType.TurnUpdated,
        TurnEventKind.Ended => TurnEventType.TurnEnded,
        _ => TurnEventType.TurnRevised,
    };
}
