using Diarizer.Mqtt.Contract;
using Diarizer.Streaming.Events;

namespace Diarizer.Mqtt.Tests.Contract;

public class TurnEventMapperTests
{
    private readonly TurnEventMapper _mapper = new(Samples.Session);

    [Fact]
    public void Overlap_names_the_others_who_speak_in_the_same_time()
    {
        _mapper.Map(Samples.Turn(TurnEventKind.Started, 1, 0, 1, 0, 0.5, 0.5));
        var second = _mapper.Map(Samples.Turn(TurnEventKind.Started, 2, 0, 2, 1, 1.5, 1.5));
        Assert.Equal(["s1"], second.Overlap);
        var firstEnd = _mapper.Map(Samples.Turn(TurnEventKind.Ended, 1, 1, 1, 0, 2, 2.3, TurnEndReason.Silence));
        Assert.Equal(["s2"], firstEnd.Overlap);
        var third = _mapper.Map(Samples.Turn(TurnEventKind.Started, 3, 0, 3, 2.5, 3, 3));
        Assert.Equal(["s2"], third.Overlap);
        var secondEnd = _mapper.Map(Samples.Turn(TurnEventKind.Ended, 2, 1, 2, 1, 4, 4.3, TurnEndReason.Silence));
        Assert.Equal(["s1", "s3"], secondEnd.Overlap);
    }

    [Fact]
    public void Turns_in_sequence_do_not_overlap()
    {
        _mapper.Map(Samples.Turn(TurnEventKind.Started, 1, 0, 1, 0, 0.5, 0.5));
        _mapper.Map(Samples.Turn(TurnEventKind.Ended, 1, 1, 1, 0, 2, 2, TurnEndReason.SpeakerChange));
        Assert.Empty(_mapper.Map(Samples.Turn(TurnEventKind.Started, 2, 0, 2, 2, 2.5, 2.5)).Overlap);
    }

    [Fact]
    public void A_turn_that_a_correction_adds_overlaps_those_of_its_time_however_long_ago()
    {
        Heard(1, 1, 10, 20);
        for (var i = 2; i < 40; i++)
            Heard(i, 2, 100 * i, (100 * i) + 5);
        var added = _mapper.Map(Samples.Turn(TurnEventKind.Revised, 40, 0, 3, 12, 14, 4000, TurnEndReason.SpeakerChange));
        Assert.Equal((TurnEventType.TurnRevised, 0, true), (added.EventType, added.Revision, added.Final));
        Assert.Equal(["s1"], added.Overlap);
        Assert.Equal(["s3"], _mapper.Map(Samples.Turn(TurnEventKind.Revised, 1, 2, 1, 10, 21, 4000, TurnEndReason.Silence)).Overlap);
        Assert.Equal(3, _mapper.State().SpeakerCount);
        Assert.Empty(_mapper.State().Active);
    }

    [Fact]
    public void A_turn_that_is_withdrawn_overlaps_nobody()
    {
        Heard(1, 1, 0, 10);
        Heard(2, 2, 4, 6);
        var withdrawn = _mapper.Map(Samples.Turn(TurnEventKind.Revised, 2, 2, 0, 4, 4, 20, TurnEndReason.Silence));
        Assert.Equal((withdrawn.Start, "unknown", true), (withdrawn.End, withdrawn.Speaker.Id, withdrawn.Final));
        Assert.Empty(withdrawn.Overlap);
        Assert.Empty(_mapper.Map(Samples.Turn(TurnEventKind.Revised, 1, 2, 1, 0, 11, 20, TurnEndReason.Silence)).Overlap);
        Assert.Empty(_mapper.State().Active);
    }

    private void Heard(int id, int speaker, double start, double end)
    {
        _mapper.Map(Samples.Turn(TurnEventKind.Started, id, 0, speaker, start, end, end));
        _mapper.Map(Samples.Turn(TurnEventKind.Ended, id, 1, speaker, start, end, end, TurnEndReason.Silence));
    }

    [Fact]
    public void State_follows_the_turns()
    {
        Assert.Equal((0, 0), (_mapper.State().Active.Count, _mapper.State().SpeakerCount));
        _mapper.Map(Samples.Turn(TurnEventKind.Started, 1, 0, 0, 1, 1.5, 1.5));
        Assert.Equal(["unknown"], _mapper.State().Active);
        Assert.Equal(0, _mapper.State().SpeakerCount);
        _mapper.Map(Samples.Turn(TurnEventKind.Updated, 1, 1, 4, 1, 2, 2));
        Assert.Equal(["s4"], _mapper.State().Active);
        Assert.Equal(1, _mapper.State().SpeakerCount);
        Assert.Equal(Samples.Session.StartedAt.AddSeconds(2), _mapper.State().Since);
        _mapper.Map(Samples.Turn(TurnEventKind.Ended, 1, 2, 4, 1, 3, 3.4, TurnEndReason.Silence));
        Assert.Empty(_mapper.State().Active);
        Assert.Equal(1, _mapper.State().SpeakerCount);
        Assert.Equal(3, _mapper.State().Seq);
        Assert.Equal(Samples.Session.StartedAt.AddSeconds(3), _mapper.State().Since);
    }

    [Fact]
    public void A_revision_after_the_end_does_not_make_the_speaker_active_again()
    {
        _mapper.Map(Samples.Turn(TurnEventKind.Started, 1, 0, 1, 0, 1, 1));
        _mapper.Map(Samples.Turn(TurnEventKind.Ended, 1, 1, 1, 0, 1, 1, TurnEndReason.Silence));
        var revised = _mapper.Map(Samples.Turn(TurnEventKind.Revised, 1, 2, 2, 0, 1, 8, TurnEndReason.Silence));
        Assert.Equal((TurnEventType.TurnRevised, true, 7000L), (revised.EventType, revised.Final, revised.LatencyMs));
        Assert.Empty(_mapper.State().Active);
    }

    [Fact]
    public void Eight_hours_of_turns_are_forgotten_but_for_a_few()
    {
        var turns = new OpenTurns();
        turns.Take(Samples.Turn(TurnEventKind.Started, 1, 0, 1, 0, 1, 1));
        for (var i = 2; i < 5000; i++)
        {
            turns.Take(Samples.Turn(TurnEventKind.Started, i, 0, 2, i, i + 0.5, i + 1));
            turns.Take(Samples.Turn(TurnEventKind.Ended, i, 1, 2, i, i + 0.5, i + 1, TurnEndReason.Silence));
        }
        Assert.InRange(turns.Count, 1, OpenTurns.Capacity);
    }

    [Fact]
    public void Times_keep_their_distance_over_days()
    {
        var sample = Samples.Samples16k(10 * 24 * 3600.0);
        Assert.Equal(TimeSpan.FromDays(10), Samples.Session.At(sample) - Samples.Session.StartedAt);
        Assert.Equal(10L * 24 * 3_600_000, Samples.Session.Milliseconds(sample));
    }

    [Fact]
    public void A_session_started_now_has_an_id_that_can_stand_in_a_topic()
    {
        var one = StreamSession.StartNow("room-1", "b", TimeProvider.System);
        var two = StreamSession.StartNow("room-1", "b", TimeProvider.System);
        Assert.NotEqual(one.SessionId, two.SessionId);
        Assert.Equal(one.SessionId, Topics.CheckSegment(one.SessionId, "id"));
        Assert.Throws<UserErrorException>(() => StreamSession.StartNow("Room 1", "b", TimeProvider.System));
    }
}
