using Diarizer.Audio;
using Diarizer.Streaming.Events;
using Diarizer.Streaming.Tests.Fakes;

namespace Diarizer.Streaming.Tests.Corrections;

/// <summary>Corrections of whole sessions to which a segmentation network listened; the fakes' voices are orthogonal.</summary>
public class SegmentedCorrectionTests
{
    /// <summary>Taken for speech by the detector and for none by the segmenter.</summary>
    private const int Machine = 9;

    private static readonly PipelineOptions Options = Session.Options with
    {
        Corrections = Session.Options.Corrections with { Interval = 0 },
        Segmentation = new()
        {
            VoiceActivityShare = 0.5,
            SpeechThreshold = 0.6,
            OverlapThreshold = 0.5,
            FilledPause = 0.1,
            ShortestSpeech = 0.1,
            FilledOverlap = 0.2,
            ShortestOverlap = 0.1,
            FilledTurn = 0.2,
            ShortestTurn = 0.4,
        },
    };

    [Fact]
    public void Somebody_who_talked_meanwhile_gets_a_turn_that_nobody_heard_live()
    {
        // From 12.5: one voice for 4 s, both for 1 s, the first again for 0.3 s, then the other.
        var scene = Introduce().Voice(1, 4).Both(1, 2, 1).Voice(1, 0.3).Voice(2, 5).Silence(1);
        var session = Run(scene);
        var inserted = Assert.Single(session.Turns, t => t is { Kind: TurnEventKind.Revised, Revision: 0 });
        Assert.Equal(2, inserted.Speaker.Id);
        Near(16.5, 17.5, inserted);
        Assert.Equal((true, TurnEndReason.SpeakerChange), (inserted.Speaker.Decided, inserted.EndReason));
        Assert.All(session.Turns.Where(t => t.TurnId == inserted.TurnId), t => Assert.Equal(TurnEventKind.Revised, t.Kind));
        Assert.Contains(session.Final, t => t.Speaker.Id == 1 && t.Start < inserted.Start && t.End > inserted.End);
        Assert.Equal(session.Final.Select(t => t.TurnId).Distinct().Count(), session.Final.Count);
    }

    [Fact]
    public void Turns_reach_into_each_other_where_two_talk()
    {
        var scene = Introduce().Voice(1, 5).Both(1, 2, 1.5).Voice(2, 5).Silence(1);
        Assert.DoesNotContain(Pairs(Session.Run(scene, options: Options)), p => Common(p) > 0.2);
        var session = Run(scene);
        var (one, other) = Assert.Single(Pairs(session), p => Common(p) > 0.2);
        Assert.Equal(1.5, Common((one, other)), 0.3);
        Assert.NotEqual(one.Speaker.Id, other.Speaker.Id);
        // Both were told of live, and one at least was moved.
        Assert.Contains(session.Turns, t => t.Kind == TurnEventKind.Revised && (t.TurnId == one.TurnId || t.TurnId == other.TurnId) && !t.IsWithdrawn);
        Assert.All(new[] { one, other }, t => Assert.Contains(session.Turns, s => s.TurnId == t.TurnId && s.Kind == TurnEventKind.Started));
    }

    [Fact]
    public void The_speech_of_speakers_is_that_of_their_turns()
    {
        var scene = Introduce().Voice(1, 4).Both(1, 2, 1).Voice(1, 0.3).Voice(2, 5).Silence(1).Voice(1, 4).Both(1, 2, 1.5).Voice(2, 4).Silence(1);
        var session = Run(scene);
        foreach (var speaker in session.Diarizer.Speakers)
            Assert.Equal(session.Final.Where(t => t.Speaker.Id == speaker.Id).Sum(t => SampleClock.ToSeconds(t.End - t.Start)), speaker.SpeechSeconds, 0.5);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    public void What_nobody_said_is_withdrawn(double seconds)
    {
        var scene = Introduce().Voice(Machine, seconds).Silence(1).Voice(1, 4).Silence(1);
        var session = Run(scene, new LevelSegmenter(deaf: Machine));
        var withdrawn = Assert.Single(session.Final, t => t.IsWithdrawn);
        Assert.Equal(12.5, SampleClock.ToSeconds(withdrawn.Start), 0.1);
        Assert.Equal(withdrawn.Start, withdrawn.End);
        Assert.True(withdrawn.Speaker.IsUnknown);
        Assert.Contains(session.Turns, t => t.TurnId == withdrawn.TurnId && t.Kind == TurnEventKind.Ended && t.End > t.Start);
        Assert.Equal([1, 2], session.Diarizer.Speakers.Select(s => s.Id));
    }

    [Fact]
    public void A_speaker_who_was_a_machine_is_nobody()
    {
        var scene = Introduce().Voice(Machine, 6).Silence(1).Voice(1, 4).Silence(1);
        Assert.Equal([1, 2, 3], Session.Run(scene, options: Options).Diarizer.Speakers.Select(s => s.Id));
        var session = Run(scene, new LevelSegmenter(deaf: Machine));
        var told = Assert.Single(session.Events.OfType<SpeakerRenumbered>());
        Assert.Equal((3, 0, RenumberingReason.Forgotten), (told.From, told.To, told.Reason));
    }

    [Fact]
    public void What_is_right_is_not_touched()
    {
        var scene = Introduce().Voice(3, 5).Silence(1).Voice(1, 5).Silence(1);
        var session = Run(scene, options: Options with { Corrections = Options.Corrections with { Interval = 5 } });
        Assert.DoesNotContain(session.Turns, t => t.Kind == TurnEventKind.Revised);
        Assert.Equal([1, 2, 3, 1], session.Final.Select(t => t.Speaker.Id));
    }

    [Fact]
    public void Without_a_segmentation_network_turns_too_short_for_a_voice_stay()
    {
        var scene = Introduce().Voice(1, 0.15).Silence(2).Voice(1, 5).Silence(1);
        var options = Options with { Windows = Options.Windows with { MinimumTail = 0.5 } };
        var live = Session.Run(scene, options: options with { Corrections = options.Corrections with { AtEnd = false } });
        var corrected = Session.Run(scene, options: options);
        Assert.Contains(live.Final, t => SampleClock.ToSeconds(t.End - t.Start) is > 0.1 and < 0.5);
        Assert.Equal(live.Final.Select(t => (t.Start, t.End)), corrected.Final.Select(t => (t.Start, t.End)));
    }

    [Fact]
    public void What_the_network_said_too_long_ago_is_not_taken_for_silence()
    {
        var scene = new Scene().Silence(0.5);
        for (int i = 0; i < 12; i++)
            scene = scene.Voice(1 + (i % 2), 1.5).Silence(7);
        // Twenty windows of half a second are some two turns; ten embedded windows may be more.
        var session = Run(scene, options: Options with { Corrections = Options.Corrections with { Windows = 10, WindowsAtEnd = 10 } });
        Assert.DoesNotContain(session.Turns, t => t.IsWithdrawn);
        Assert.Equal(12, session.Final.Count);
    }

    [Fact]
    public void Whoever_was_forgotten_is_nobody_else()
    {
        var session = new Session(Options, segmenter: new LevelSegmenter()).Write(Introduce().Voice(3, 5).Silence(1).Voice(2, 5).Silence(1).Samples);
        Assert.True(session.Edit(e => e.Forget(3)));
        session.Write(new Scene().Voice(1, 5).Silence(1).Samples).Complete();
        Assert.Equal([1, 2, 0, 2, 1], session.Final.Where(t => !t.IsWithdrawn).OrderBy(t => t.Start).Select(t => t.Speaker.Id));
    }

    [Fact]
    public void What_a_command_said_leaves_no_slivers_behind()
    {
        var session = new Session(Options, segmenter: new LevelSegmenter()).Write(Introduce().Voice(3, 5).Silence(1).Voice(2, 5).Silence(1).Samples);
        Assert.True(session.Edit(e => e.Merge(3, 1)));
        session.Write(new Scene().Voice(1, 5).Silence(1).Voice(3, 4).Silence(1).Samples).Complete();
        Assert.All(session.Final.Where(t => !t.IsWithdrawn), t => Assert.True(SampleClock.ToSeconds(t.End - t.Start) > 1, $"{t}"));
        Assert.Equal([1, 2, 1, 2, 1, 1], session.Final.Where(t => !t.IsWithdrawn).OrderBy(t => t.Start).Select(t => t.Speaker.Id));
    }

    [Theory]
    [InlineData(160)]
    [InlineData(777)]
    [InlineData(1_000_000)]
    public void The_cutting_of_the_input_changes_nothing(int piece)
    {
        var scene = Introduce().Voice(1, 4).Both(1, 2, 1.5).Voice(2, 5).Silence(1).Voice(Machine, 1).Silence(1);
        var options = Options with { Corrections = Options.Corrections with { Interval = 8 } };
        Assert.Equal(Events(1_600), Events(piece));

        List<DiarizationEvent> Events(int length) => new Session(options, segmenter: new LevelSegmenter(deaf: Machine)).Write(scene.Samples, length).Complete().Events;
    }

    [Fact]
    public void A_new_session_knows_nothing_of_the_last()
    {
        var session = new Session(Options, segmenter: new LevelSegmenter());
        var scene = Introduce().Voice(1, 4).Both(1, 2, 1.5).Voice(2, 5).Silence(1);
        session.Write(scene.Samples).Complete();
        DiarizationEvent[] first = [.. session.Events];
        session.Events.Clear();
        session.Diarizer.Reset();
        session.Write(scene.Samples).Complete();
        Assert.Equal(first, session.Events);
    }

    [Fact]
    public void Gaps_break_what_is_heard_together()
    {
        var session = new Session(Options, segmenter: new LevelSegmenter());
        session.Write(Introduce().Voice(1, 4).Both(1, 2, 1.5).Samples).Gap(100_001).Write(new Scene().Voice(2, 5).Silence(1).Samples).Complete();
        long before = SampleClock.FromSeconds(12.5 + 5.5), after = before + 100_001;
        Assert.All(session.Final.Where(t => !t.IsWithdrawn), t => Assert.True(t.End <= before || t.Start >= after, $"{t}"));
        Assert.Contains(session.Final, t => t.Speaker.Id == 2 && t.Start >= after && t.End > t.Start);
    }

    private static Scene Introduce() => new Scene().Silence(0.5).Voice(1, 5).Silence(1).Voice(2, 5).Silence(1);

    private static Session Run(Scene scene, LevelSegmenter? segmenter = null, PipelineOptions? options = null) =>
        new Session(options ?? Options, segmenter: segmenter ?? new LevelSegmenter()).Write(scene.Samples).Complete();

    private static List<(TurnChanged One, TurnChanged Other)> Pairs(Session session) =>
        [.. session.Final.SelectMany(a => session.Final.Where(b => b.TurnId > a.TurnId).Select(b => (a, b)))];

    private static double Common((TurnChanged One, TurnChanged Other) pair) =>
        SampleClock.ToSeconds(Math.Max(0, Math.Min(pair.One.End, pair.Other.End) - Math.Max(pair.One.Start, pair.Other.Start)));

    private static void Near(double start, double end, TurnChanged turn)
    {
        Assert.Equal(start, SampleClock.ToSeconds(turn.Start), 0.3);
        Assert.Equal(end, SampleClock.ToSeconds(turn.End), 0.3);
    }
}
