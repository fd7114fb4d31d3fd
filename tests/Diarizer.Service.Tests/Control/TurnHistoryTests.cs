using Diarizer.Mqtt.Contract;
using Diarizer.Service.Control;
using Diarizer.Service.Streams;
using Diarizer.Streaming.Events;

namespace Diarizer.Service.Tests.Control;

public sealed class TurnHistoryTests
{
    private readonly TurnHistory _history = new();

    [Fact]
    public void Sessions_that_have_ended_are_kept_the_latest_first()
    {
        Hold("hall-1", Turn(1, 1, 0, 2), Turn(2, 2, 2, 5));
        Hold("hall-2", Turn(1, 1, 0, 1));
        Hold("hall-3");
        Assert.Equal(["hall-3", "hall-2", "hall-1"], _history.All().Select(r => r.Session.SessionId));
        var first = _history.Find("hall-1")!;
        Assert.Equal((80_000, 2), (first.Length, first.Turns.Count));
        Assert.Null(_history.Find("hall-4"));
    }

    [Fact]
    public void Turns_that_were_withdrawn_are_gone_and_those_heard_late_are_there()
    {
        var session = Hold("hall-1", Turn(1, 1, 0, 2), Turn(2, 2, 2, 5));
        Hear(new TurnChanged(0, TurnEventKind.Revised, 1, 3, SpeakerLabel.Unknown, 0, 0, TurnEndReason.Silence));
        Hear(new TurnChanged(0, TurnEventKind.Revised, 3, 0, new SpeakerLabel(1, 0.8f, true), 48_000, 64_000, TurnEndReason.SpeakerChange));
        Assert.Equal([2, 3], _history.Find("hall-1")!.Turns.Select(t => t.TurnId));
        Assert.Equal(["s2", "s1"], _history.Of("hall").Turns.Select(t => t.Speaker));

        void Hear(TurnChanged turn) => _history.Publish(new StreamEvent(session, turn, TimeSpan.Zero));
    }

    [Fact]
    public void A_session_in_which_nobody_spoke_makes_room_for_the_next()
    {
        Hold("hall-1");
        Hold("hall-2", Turn(1, 1, 0, 1));
        Assert.Equal(["hall-2"], _history.All().Select(r => r.Session.SessionId));
    }

    [Fact]
    public void Turns_of_all_sessions_together_are_bounded_and_the_oldest_go_first()
    {
        Hold("hall-1", [.. Enumerable.Range(1, 5).Select(i => Turn(i, 1, i, i + 0.5))]);
        Hold("hall-2", [.. Enumerable.Range(1, TurnHistory.MaximumTurns - 2).Select(i => Turn(i, 1, i, i + 0.5))]);
        Assert.Equal([4, 5], _history.Find("hall-1")!.Turns.Select(t => t.TurnId));
        Assert.Equal(TurnHistory.MaximumTurns, _history.All().Sum(r => r.Turns.Count));
    }

    [Fact]
    public void Whoever_is_renumbered_is_so_in_every_turn_however_old()
    {
        var session = Hold("hall-1", [.. Enumerable.Range(1, 1000).Select(i => Turn(i, 1 + (i % 2), i, i + 0.5))]);
        _history.Publish(new StreamEvent(session, new SpeakerRenumbered(0, 2, 1, RenumberingReason.Merged), TimeSpan.Zero));
        Assert.All(_history.Find("hall-1")!.Turns, t => Assert.Equal(1, t.Speaker.Id));
    }

    [Fact]
    public void A_person_who_is_erased_or_renamed_is_so_in_sessions_that_have_ended()
    {
        var told = 0;
        _history.Rewritten += (_, _) => told++;
        var session = Hold("hall-1", Turn(1, -3, 0, 2), Turn(2, 1, 2, 5));
        session.Names.Set(-3, "Ann Lee");
        _history.Rename(-3, "Ann Ray");
        Assert.Equal("Ann Ray", session.Names.Of(-3));
        _history.Erase(-3);
        Assert.Null(session.Names.Of(-3));
        Assert.Equal([0, 1], _history.Find("hall-1")!.Turns.Select(t => t.Speaker.Id));
        Assert.Equal(2, told);
    }

    private StreamSession Hold(string id, params TurnChanged[] turns)
    {
        var session = new StreamSession("hall", id, "boot", DateTimeOffset.UnixEpoch);
        _history.SessionStarted(session);
        foreach (var turn in turns)
            _history.Publish(new StreamEvent(session, turn, TimeSpan.Zero));
        _history.SessionEnded(session, new StreamSummary(80_000, turns.Length, [], null));
        return session;
    }

    private static TurnChanged Turn(int id, int speaker, double start, double end) =>
        new(0, TurnEventKind.Ended, id, 1, new SpeakerLabel(speaker, 0.9f, true), (long)(start * 16_000), (long)(end * 16_000), TurnEndReason.Silence);
}
