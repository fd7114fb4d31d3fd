using Diarizer.Audio;
using Diarizer.Streaming.Events;
using Diarizer.Streaming.Tests.Fakes;

namespace Diarizer.Streaming.Tests;

public class StreamingDiarizerTests
{
    private static Scene Meeting() => new Scene()
        .Silence(0.73).Voice(1, 4).Silence(0.9).Voice(2, 5.11).Voice(3, 3.2).Silence(0.3).Voice(1, 2.5).Silence(2)
        .Voice(2, 0.4).Silence(1.2).Voice(3, 6).Voice(1, 4).Silence(1);

    [Theory]
    [InlineData(1)]
    [InlineData(37)]
    [InlineData(160)]
    [InlineData(1600)]
    [InlineData(int.MaxValue / 2)]
    public void Events_do_not_depend_on_how_the_input_is_cut(int piece)
    {
        var expected = Session.Run(Meeting(), 512).Events;
        Assert.NotEmpty(expected.OfType<TurnChanged>());
        Assert.Equal(expected, Session.Run(Meeting(), piece).Events);
    }

    [Fact]
    public void Gaps_between_pieces_do_not_change_that()
    {
        Session Feed(int piece) => new Session().Write(Meeting().Samples[..50_001], piece).Gap(1000).Write(Meeting().Samples[50_001..123_457], piece)
            .Gap(16_017).Write(Meeting().Samples[123_457..], piece).Complete();
        Assert.Equal(Feed(160).Events, Feed(1_000_000).Events);
        Assert.Equal(Feed(160).Events, Feed(333).Events);
    }

    [Fact]
    public void A_reset_session_repeats_itself_exactly()
    {
        var session = Session.Run(Meeting());
        var first = session.Events.ToList();
        session.Events.Clear();
        session.Diarizer.Reset();
        session.Write(Meeting().Samples).Complete();
        Assert.Equal(first, session.Events);
    }

    [Fact]
    public void Voices_are_told_apart_and_keep_their_ids()
    {
        var session = Session.Run(Meeting(), options: Session.Options with { Corrections = new() { Interval = 0, AtEnd = false } });
        var long_ = session.Final.Where(t => t.End - t.Start > SampleClock.Rate).Select(t => t.Speaker.Id).ToList();
        Assert.Equal([1, 2, 3, 1, 3, 1], long_);
        Assert.Equal([1, 2, 3], session.Diarizer.Speakers.Select(s => s.Id));
        Assert.All(session.Final, t => Assert.Equal(TurnEventKind.Ended, t.Kind));
    }

    [Fact]
    public void Changes_inside_speech_are_placed_near_where_they_happen()
    {
        var scene = new Scene().Silence(0.5).Voice(1, 5).Voice(2, 5).Silence(1);
        var turns = Session.Run(scene).Final;
        Assert.Equal(2, turns.Count);
        Assert.Equal(TurnEndReason.SpeakerChange, turns[0].EndReason);
        Assert.InRange(SampleClock.ToSeconds(turns[0].End), 5.0, 6.0);
        Assert.Equal(turns[0].End, turns[1].Start);
    }

    [Fact]
    public void Speech_after_a_short_pause_is_at_once_a_turn_of_provisionally_the_same_speaker()
    {
        var scene = new Scene().Silence(0.7).Voice(1, 4).Silence(0.32);
        var onset = scene.Position;
        var session = Session.Run(scene.Voice(1, 3).Silence(1), 160);
        Assert.Equal([1, 1], session.Final.Select(t => t.Speaker.Id));
        var started = session.Turns.Last(t => t.Kind == TurnEventKind.Started);
        Assert.Equal((1, false), (started.Speaker.Id, started.Speaker.Decided));
        Assert.InRange(started.At - onset, 0, SampleClock.FromSeconds(0.3));
        Assert.True(session.Turns.First(t => t.TurnId == started.TurnId && t.Speaker.Decided).At - onset < SampleClock.FromSeconds(1));
        Assert.InRange(session.Diarizer.Speakers.Single().SpeechSeconds, 6.5, 7.2);
    }

    [Fact]
    public void Somebody_else_after_a_short_pause_takes_over_the_turn_that_began_there()
    {
        var scene = new Scene().Silence(0.7).Voice(1, 4).Silence(0.32);
        var onset = scene.Position;
        var session = Session.Run(scene.Voice(2, 4).Silence(1), 160);
        Assert.Equal([1, 2], session.Final.Select(t => t.Speaker.Id));
        Assert.InRange(session.Final[1].Start - onset, -SampleClock.FromSeconds(0.1), SampleClock.FromSeconds(0.1));
    }

    [Fact]
    public void Events_come_within_the_latency_contract()
    {
        var scene = new Scene().Silence(1).Voice(1, 4).Silence(1.5);
        var session = Session.Run(scene, 160);
        const long Onset = SampleClock.Rate;
        const long Offset = 5 * SampleClock.Rate;
        Assert.InRange(session.Events.OfType<SpeechStarted>().Single().At - Onset, 0, SampleClock.FromSeconds(0.3));
        Assert.InRange(session.Events.OfType<SpeechEnded>().Single().At - Offset, 0, SampleClock.FromSeconds(0.3));
        Assert.InRange(session.Turns.First(t => t.Kind == TurnEventKind.Started).At - Onset, 0, SampleClock.FromSeconds(0.5));
        Assert.InRange(session.Turns.First(t => t.Speaker.Decided).At - Onset, 0, SampleClock.FromSeconds(1.2));
    }

    [Fact]
    public void Revisions_of_a_turn_count_up_from_its_start_and_time_never_runs_back()
    {
        var session = Session.Run(Meeting());
        foreach (var turn in session.Turns.GroupBy(t => t.TurnId))
            Assert.Equal(Enumerable.Range(0, turn.Count()), turn.Select(t => t.Revision));
        Assert.Equal(session.Events.Select(e => e.At).Order(), session.Events.Select(e => e.At));
    }

    [Fact]
    public void Turns_never_name_two_speakers_for_the_same_time()
    {
        var turns = Session.Run(Meeting()).Final.OrderBy(t => t.Start).ToList();
        Assert.All(turns.Zip(turns.Skip(1)), pair => Assert.True(pair.First.End <= pair.Second.Start, $"{pair}"));
    }

    [Fact]
    public void A_doubtful_sound_makes_no_speaker()
    {
        var session = new Session(detector: new LevelDetector(0.55f)).Write(new Scene().Silence(1).Voice(1, 6).Silence(2).Voice(2, 3).Silence(1).Samples).Complete();
        Assert.NotEmpty(session.Events.OfType<SpeechStarted>());
        Assert.Empty(session.Diarizer.Speakers);
        Assert.All(session.Turns, t => Assert.True(t.Speaker.IsUnknown));
    }

    [Fact]
    public void A_long_gap_ends_the_turn_and_the_clock_stays_exact()
    {
        var before = new Scene().Silence(0.5).Voice(1, 3).Samples;
        var after = new Scene().Silence(0.5).Voice(1, 3).Silence(1).Samples;
        var session = new Session().Write(before).Gap(16_017).Write(after).Complete();
        var gap = session.Events.OfType<AudioGap>().Single();
        Assert.Equal((before.Length, 16_017), (gap.Start, gap.Length));
        Assert.Equal(before.Length + 16_017 + after.Length, session.Diarizer.Position);
        Assert.Equal(TurnEndReason.Gap, session.Final[0].EndReason);
        Assert.InRange(session.Final[1].Start, gap.Start + gap.Length + 8000 - 1600, gap.Start + gap.Length + 8000);
        Assert.Equal(session.Final[0].Speaker.Id, session.Final[1].Speaker.Id);
    }

    [Fact]
    public void A_short_gap_is_bridged()
    {
        var session = new Session().Write(new Scene().Silence(0.5).Voice(1, 3).Samples).Gap(1599).Write(new Scene().Voice(1, 3).Silence(1).Samples).Complete();
        Assert.Equal(new AudioGap(56_000, 56_000, 1599), session.Events.OfType<AudioGap>().Single());
        Assert.Single(session.Final);
        Assert.Equal(56_000 + 1599 + 64_000, session.Diarizer.Position);
    }

    [Fact]
    public void A_stream_that_ends_in_speech_ends_its_turn()
    {
        var session = Session.Run(new Scene().Silence(0.5).Voice(1, 3.005));
        Assert.Equal(TurnEndReason.SessionEnd, session.Final.Single().EndReason);
        Assert.Single(session.Events.OfType<SpeechEnded>());
        Assert.True(session.Diarizer.IsFinished);
        Assert.Throws<InvalidOperationException>(() => session.Diarizer.Write([0f]));
    }

    [Fact]
    public void An_empty_stream_has_no_events() => Assert.Empty(Session.Run(new Scene()).Events);

    [Fact]
    public void Misuse_is_refused()
    {
        var session = new Session();
        Assert.Throws<InvalidOperationException>(() => session.Diarizer.Provide(new float[LevelEmbedder.Dimension]));
        Assert.Throws<ArgumentOutOfRangeException>(() => session.Diarizer.WriteGap(0));
        session.Diarizer.Write(new Scene().Voice(1, 3).Samples);
        Assert.True(session.Diarizer.TryAdvance(out _));
        Assert.Throws<InvalidOperationException>(() => session.Diarizer.TryAdvance(out _));
        Assert.Throws<ArgumentException>(() => session.Diarizer.Provide(new float[3]));
        var bad = new PipelineOptions { Turns = new() { MergeGap = -1 } };
        Assert.Contains("Turns:MergeGap", Assert.Throws<ArgumentException>(() => new Session(bad)).Message, StringComparison.Ordinal);
    }
}
