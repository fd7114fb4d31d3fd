using Diarizer.Audio;
using Diarizer.Streaming.Events;
using Diarizer.Streaming.Tests.Fakes;

namespace Diarizer.Streaming.Tests.Corrections;

/// <summary>Corrections of whole sessions; the fakes' voices are orthogonal.</summary>
public class CorrectionTests
{
    /// <summary>Live, a change inside speech and somebody heard briefly are easily missed: thresholds that never let anybody in show what the correction does by itself.</summary>
    private static readonly PipelineOptions Deaf = Session.Options with { Turns = Session.Options.Turns with { ChangeMargin = 4, UnmatchedScore = -4 } };

    private static readonly Scene Handover = new Scene().Silence(0.5).Voice(1, 8).Silence(1).Voice(2, 8).Silence(1).Voice(1, 6).Voice(2, 6).Silence(1);

    [Fact]
    public void A_turn_is_cut_where_the_voice_changes()
    {
        var live = Session.Run(Handover, options: Without(Deaf)).Final;
        Assert.Equal([1, 2, 1], live.Select(t => t.Speaker.Id));

        var corrected = Session.Run(Handover, options: Deaf).Final;
        Assert.Equal([1, 2, 1, 2], corrected.OrderBy(t => t.Start).Select(t => t.Speaker.Id));
        Assert.Equal(24.5, SampleClock.ToSeconds(corrected.MaxBy(t => t.Start)!.Start), 0.6);
        Assert.Equal(live.Sum(t => t.End - t.Start), corrected.Sum(t => t.End - t.Start));
        Assert.All(corrected.Where(t => t.Kind == TurnEventKind.Revised), t => Assert.NotNull(t.EndReason));
    }

    [Fact]
    public void Turns_corrected_are_revisions_of_the_same_turns()
    {
        var events = Session.Run(Handover, options: Deaf).Events.OfType<TurnChanged>().ToList();
        foreach (var turn in events.GroupBy(t => t.TurnId))
            Assert.Equal(turn.Select(t => t.Revision).Order().Distinct(), turn.Select(t => t.Revision));
        var revised = events.Where(t => t.Kind == TurnEventKind.Revised).ToList();
        Assert.NotEmpty(revised);
        Assert.All(revised, t => Assert.True(t.Speaker.Decided));
    }

    [Fact]
    public void Corrections_come_while_the_session_goes_on()
    {
        var scene = new Scene().Silence(0.5).Voice(1, 8).Silence(1).Voice(2, 8).Silence(1).Voice(1, 6).Voice(2, 6).Silence(1).Voice(1, 5).Silence(1).Voice(2, 30).Silence(1);
        var session = Session.Run(scene, options: Deaf with { Corrections = Deaf.Corrections with { Interval = 5, AtEnd = false } });
        var first = session.Events.OfType<TurnChanged>().First(t => t.Kind == TurnEventKind.Revised);
        Assert.InRange(SampleClock.ToSeconds(first.At), 30, 50);
    }

    [Fact]
    public void What_is_right_is_not_touched()
    {
        var scene = new Scene().Silence(0.5).Voice(1, 5).Silence(1).Voice(2, 5).Silence(1).Voice(3, 5).Silence(1).Voice(1, 5).Silence(1);
        Assert.DoesNotContain(Session.Run(scene).Events, e => e is TurnChanged { Kind: TurnEventKind.Revised });
    }

    [Fact]
    public void One_voice_stays_one()
    {
        var scene = new Scene().Silence(0.5).Voice(1, 20).Silence(1).Voice(1, 3).Silence(1);
        Assert.All(Session.Run(scene).Final, t => Assert.Equal(1, t.Speaker.Id));
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(5)]
    public void Nobody_is_invented_where_nobody_was_named(double seconds)
    {
        var scene = new Scene().Silence(0.5).Voice(1, seconds).Silence(1).Voice(2, seconds).Silence(1);
        var options = Session.Options with { Speakers = Session.Options.Speakers with { MinimumNewSpeakerProbability = 1, EstablishedProbability = 1 } };
        Assert.All(Session.Run(scene, options: options).Final, t => Assert.True(t.Speaker.IsUnknown));
    }

    [Fact]
    public void Only_the_windows_that_are_remembered_are_corrected()
    {
        var scene = new Scene().Silence(0.5).Voice(1, 6).Voice(2, 6).Silence(1);
        for (int i = 0; i < 4; i++)
            scene = scene.Voice(1, 5).Silence(1).Voice(2, 5).Silence(1);
        var options = Deaf with { Corrections = Deaf.Corrections with { Interval = 0, Windows = 10, WindowsAtEnd = 60 } };
        Assert.DoesNotContain(Session.Run(scene, options: options).Events.OfType<TurnChanged>(), t => t.Kind == TurnEventKind.Revised && t.Start < SampleClock.FromSeconds(6));
    }

    [Fact]
    public void Who_comes_back_after_more_than_is_remembered_window_by_window_is_still_known()
    {
        var scene = new Scene().Silence(0.5).Voice(1, 8).Silence(1).Voice(2, 8).Silence(1);
        for (int i = 0; i < 12; i++)
            scene = scene.Voice(1, 5).Silence(1);
        scene = scene.Voice(2, 8).Silence(1);
        var options = Deaf with { Corrections = Deaf.Corrections with { Interval = 5, FirstAfter = 10, Windows = 30, WindowsAtEnd = 60 } };
        var turns = Session.Run(scene, options: options).Final.OrderBy(t => t.Start).ToList();
        Assert.Equal(15, turns.Count);
        Assert.Equal(turns[1].Speaker.Id, turns[^1].Speaker.Id);
        Assert.All(turns.Where((_, i) => i is not 1 and not 14), t => Assert.Equal(turns[0].Speaker.Id, t.Speaker.Id));
        Assert.NotEqual(turns[0].Speaker.Id, turns[1].Speaker.Id);
    }

    private static PipelineOptions Without(PipelineOptions options) => options with { Corrections = options.Corrections with { Interval = 0, AtEnd = false } };
}
