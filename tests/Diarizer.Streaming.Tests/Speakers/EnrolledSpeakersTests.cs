using Diarizer.Streaming.Events;
using Diarizer.Streaming.Recognition;
using Diarizer.Streaming.Speakers;
using Diarizer.Streaming.Tests.Fakes;

namespace Diarizer.Streaming.Tests.Speakers;

/// <summary>People who are known before the session begins.</summary>
public class EnrolledSpeakersTests
{
    private static readonly IReadOnlyList<EnrolledVoice> People = [Person(1, voice: 3), Person(2, voice: 7)];

    private static EnrolledVoice Person(int number, int voice) => new(-number, [.. Enumerable.Repeat(new VoiceSample(Axis(voice), 1.4), 8)]);

    private static float[] Axis(int voice)
    {
        var embedding = new float[LevelEmbedder.Dimension];
        embedding[voice] = 1;
        return embedding;
    }

    private static int FirstDecided(Session session) => session.Turns.First(t => t.Speaker.Decided).Speaker.Id;

    [Fact]
    public void An_enrolled_person_is_recognised_in_the_first_decided_turn_and_a_stranger_is_not()
    {
        var session = new Session(enrolled: People).Write(new Scene().Silence(1).Voice(3, 4).Silence(1).Voice(5, 4).Silence(1).Voice(3, 3).Silence(1).Samples).Complete();
        Assert.Equal(-1, FirstDecided(session));
        Assert.Equal([-1, 1, -1], session.Final.Select(t => t.Speaker.Id));
        Assert.Equal([-1, 1], session.Diarizer.Speakers.Select(s => s.Id));
        Assert.DoesNotContain(session.Events, e => e is SpeakerRenumbered);
    }

    [Fact]
    public void Nothing_is_told_of_people_who_are_not_heard()
    {
        var session = new Session(enrolled: People).Write(new Scene().Silence(1).Voice(5, 4).Silence(1).Samples).Complete();
        Assert.All(session.Turns, t => Assert.True(t.Speaker.Id >= 0));
        Assert.Equal([1], session.Diarizer.Speakers.Select(s => s.Id));
    }

    [Fact]
    public void A_person_is_recognised_after_somebody_else_without_a_pause()
    {
        var session = new Session(enrolled: People).Write(new Scene().Silence(1).Voice(5, 6).Voice(7, 6).Silence(1).Samples).Complete();
        Assert.Equal([1, -2], session.Final.Select(t => t.Speaker.Id));
    }

    [Fact]
    public void Without_speech_of_enrolled_people_nothing_changes_and_every_piece_size_gives_the_same()
    {
        var scene = new Scene().Silence(1).Voice(1, 4).Voice(2, 3).Silence(1).Voice(1, 2).Silence(1);
        var without = Session.Run(scene).Events;
        var with = new Session(enrolled: People).Write(scene.Samples).Complete().Events;
        Assert.Equal(without, with);
        var mixed = new Scene().Silence(1).Voice(3, 4).Voice(2, 3).Silence(1).Voice(7, 2).Silence(1).Samples;
        var whole = new Session(enrolled: People).Write(mixed, mixed.Length).Complete().Events;
        Assert.Equal(whole, new Session(enrolled: People).Write(mixed, 160).Complete().Events);
        Assert.Equal(whole, new Session(enrolled: People).Write(mixed, 16_000).Complete().Events);
    }

    [Fact]
    public void A_person_who_is_enrolled_during_the_session_is_recognised_from_then_on()
    {
        var session = new Session().Write(new Scene().Silence(1).Voice(3, 5).Silence(1).Samples);
        Assert.Equal([1], session.Diarizer.Speakers.Select(s => s.Id));
        session.Edit(editor =>
        {
            editor.Enrol(Person(9, voice: 4));
            return true;
        });
        session.Write(new Scene().Voice(4, 4).Silence(1).Samples);
        Assert.Equal([-9, 1], session.Diarizer.Speakers.Select(s => s.Id));
    }

    [Fact]
    public void A_speaker_who_is_enrolled_as_heard_is_that_person_in_all_turns()
    {
        var session = new Session().Write(new Scene().Silence(1).Voice(3, 5).Silence(1).Voice(5, 5).Silence(1).Samples);
        var samples = session.Edit(e => e.SamplesOf(1));
        Assert.NotEmpty(samples);
        session.Edit(editor =>
        {
            editor.Enrol(new EnrolledVoice(-4, samples), heardAs: 1);
            return true;
        });
        Assert.Equal(new SpeakerRenumbered(session.Diarizer.Position, 1, -4, RenumberingReason.Recognised), session.Events.OfType<SpeakerRenumbered>().Single());
        session.Write(new Scene().Voice(3, 3).Silence(1).Samples);
        Assert.Equal([-4, 2, -4], session.Final.Select(t => t.Speaker.Id));
        Assert.Equal(TurnEventKind.Revised, session.Final[0].Kind);
        // In a new session the same voice is known at once.
        var next = new Session(enrolled: [new EnrolledVoice(-4, samples)]).Write(new Scene().Silence(1).Voice(3, 3).Silence(1).Samples).Complete();
        Assert.Equal(-4, FirstDecided(next));
    }

    [Fact]
    public void Whoever_is_forgotten_is_a_stranger_in_all_turns_and_stays_one()
    {
        var session = new Session(enrolled: People).Write(new Scene().Silence(1).Voice(3, 4).Silence(1).Samples);
        Assert.Equal(-1, session.Final[0].Speaker.Id);
        Assert.Equal(1, session.Edit(e => e.Disenrol(-1)));
        session.Write(new Scene().Voice(3, 4).Silence(1).Samples).Complete();
        Assert.Equal([1, 1], session.Final.Select(t => t.Speaker.Id));
        Assert.Equal(0, session.Edit(e => e.Disenrol(-2)));
    }

    [Fact]
    public void A_speaker_of_the_session_who_is_forgotten_leaves_turns_of_nobody()
    {
        var session = new Session().Write(new Scene().Silence(1).Voice(3, 4).Silence(1).Voice(5, 3).Samples);
        Assert.True(session.Edit(e => e.Forget(1)));
        Assert.False(session.Edit(e => e.Forget(1)));
        session.Write(new Scene().Silence(1).Voice(3, 4).Silence(1).Samples).Complete();
        Assert.Equal([0, 2, 3], session.Final.Select(t => t.Speaker.Id));
    }

    [Fact]
    public void Two_speakers_become_one_and_two_again()
    {
        var session = new Session().Write(new Scene().Silence(1).Voice(3, 4).Silence(1).Voice(5, 4).Silence(1).Voice(3, 2).Silence(1).Samples);
        Assert.Equal([1, 2, 1], session.Final.Select(t => t.Speaker.Id));
        Assert.False(session.Edit(e => e.Merge(1, 1)));
        Assert.False(session.Edit(e => e.Merge(1, 9)));
        Assert.True(session.Edit(e => e.Merge(1, 2)));
        Assert.Equal([2, 2, 2], session.Final.Select(t => t.Speaker.Id));
        var merged = Assert.Single(session.Diarizer.Speakers);
        Assert.InRange(merged.SpeechSeconds, 9, 10.5);
        Assert.Equal(new SpeakerRenumbered(session.Diarizer.Position, 1, 2, RenumberingReason.Merged), session.Events.OfType<SpeakerRenumbered>().Single());

        Assert.Equal(1, session.Edit(e => e.UndoMerge(2)));
        Assert.Equal([1, 2, 1], session.Final.Select(t => t.Speaker.Id));
        Assert.Equal([6.0, 4.0], session.Diarizer.Speakers.Select(s => Math.Round(s.SpeechSeconds)));
        Assert.Equal(0, session.Edit(e => e.UndoMerge(2)));
        session.Write(new Scene().Voice(3, 3).Silence(1).Voice(5, 3).Silence(1).Samples).Complete();
        Assert.Equal([1, 2, 1, 1, 2], session.Final.Select(t => t.Speaker.Id));
    }

    [Fact]
    public void A_speaker_who_is_merged_while_speaking_goes_on_as_the_other_one()
    {
        var session = new Session().Write(new Scene().Silence(1).Voice(3, 4).Silence(1).Voice(5, 3).Samples);
        Assert.True(session.Edit(e => e.Merge(2, 1)));
        session.Write(new Scene().Voice(5, 0.3).Silence(1).Samples).Complete();
        Assert.Equal([1, 1], session.Final.Select(t => t.Speaker.Id));
        Assert.Single(session.Diarizer.Speakers);
    }

    [Fact]
    public void Some_turns_of_a_speaker_become_somebody_elses()
    {
        var session = new Session().Write(new Scene().Silence(1).Voice(3, 4).Silence(1).Voice(3, 4).Silence(1).Voice(3, 4).Silence(1).Samples);
        Assert.Equal(0, session.Edit(e => e.Split(1, new HashSet<int> { 99 })));
        Assert.Equal(2, session.Edit(e => e.Split(1, new HashSet<int> { 2 })));
        Assert.Equal([1, 2, 1], session.Final.Select(t => t.Speaker.Id));
        Assert.Equal([8.0, 4.0], session.Diarizer.Speakers.Select(s => Math.Round(s.SpeechSeconds)));
        Assert.All(session.Diarizer.Speakers, s => Assert.True(s.Exemplars > 0));
    }

    [Fact]
    public void Turns_are_told_again_when_a_name_changed()
    {
        var session = new Session().Write(new Scene().Silence(1).Voice(3, 4).Silence(1).Voice(3, 2).Samples);
        var before = session.Events.Count;
        session.Edit(editor =>
        {
            editor.Retell(1);
            return true;
        });
        var told = session.Events.Skip(before).OfType<TurnChanged>().ToList();
        Assert.Equal([TurnEventKind.Revised, TurnEventKind.Updated], told.Select(t => t.Kind));
        Assert.All(told, t => Assert.Equal(session.Turns.Where(o => o.TurnId == t.TurnId).Max(o => o.Revision), t.Revision));
    }

    private static Session Recognising(RecognitionOptions recognition, float noise, params EnrolledVoice[] people) =>
        new(Session.Options with { Recognition = recognition }, embedder: new LevelEmbedder(noise), enrolled: people);

    // Somebody whose voice lies between two that are heard.
    private static EnrolledVoice Between(int number, int near, float toNear, int far) =>
        new(-number, [new VoiceSample([.. Axis(near).Zip(Axis(far), (n, f) => (toNear * n) + (MathF.Sqrt(1 - (toNear * toNear)) * f))], 5)]);

    [Fact]
    public void A_person_who_was_not_recognised_at_once_is_when_more_was_heard()
    {
        var session = Recognising(new() { Threshold = 0.975, Rise = 0 }, 0.35f, People[0]).Write(new Scene().Silence(1).Voice(3, 2).Silence(1).Voice(3, 6).Silence(1).Samples).Complete();
        Assert.Equal(1, FirstDecided(session));
        var recognised = session.Events.OfType<SpeakerRenumbered>().Single();
        Assert.Equal((1, -1, RenumberingReason.Recognised), (recognised.From, recognised.To, recognised.Reason));
        Assert.Equal([-1, -1], session.Final.Select(t => t.Speaker.Id));
        Assert.Equal([-1], session.Diarizer.Speakers.Select(s => s.Id));
    }

    [Fact]
    public void A_person_who_was_recognised_too_soon_is_given_up_and_can_still_be_heard()
    {
        var options = new RecognitionOptions { Threshold = 0.6, Rise = 0.1 };
        var session = Recognising(options, 0.15f, Between(1, near: 3, toNear: 0.7f, far: 5)).Write(new Scene().Silence(1).Voice(5, 8).Silence(1).Samples);
        Assert.Equal(-1, FirstDecided(session));
        var givenUp = session.Events.OfType<SpeakerRenumbered>().Single();
        Assert.Equal((-1, 1, RenumberingReason.Anonymised), (givenUp.From, givenUp.To, givenUp.Reason));
        Assert.Equal([1], session.Final.Select(t => t.Speaker.Id));
        session.Write(new Scene().Voice(3, 2).Silence(1).Samples).Complete();
        Assert.Equal([1, -1], session.Final.Select(t => t.Speaker.Id));
    }

    [Fact]
    public void A_name_goes_to_the_speaker_whom_it_fits_better()
    {
        var session = Recognising(new() { Threshold = 0.5, Rise = 0 }, 0.15f, Between(1, near: 3, toNear: 0.8f, far: 5))
            .Write(new Scene().Silence(1).Voice(5, 4).Silence(1).Samples);
        Assert.Equal([-1], session.Final.Select(t => t.Speaker.Id));
        session.Write(new Scene().Voice(3, 4).Silence(1).Samples).Complete();
        Assert.Equal([2, -1], session.Final.Select(t => t.Speaker.Id));
        Assert.Equal([-1, 2], session.Diarizer.Speakers.Select(s => s.Id));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0.3)]
    public void A_strangers_turn_is_not_told_under_a_name_although_it_fits_nobody_better(double pause)
    {
        // Every voice is taken for one that was heard before.
        var options = Session.Options with
        {
            Speakers = Session.Options.Speakers with { NewSpeakerThreshold = -4, MergeThreshold = -4 },
            Turns = Session.Options.Turns with { UnmatchedScore = -4 },
            Corrections = new() { Interval = 0, AtEnd = false },
        };
        var scene = new Scene().Silence(1).Voice(3, 4).Silence(pause).Voice(5, 4).Silence(1);
        Assert.Equal([1, 1], Session.Run(scene, options: options).Final.Select(t => t.Speaker.Id));
        Assert.Equal([-1, 1], new Session(options, enrolled: People).Write(scene.Samples).Complete().Final.Select(t => t.Speaker.Id));
    }

    [Fact]
    public void What_a_command_said_is_not_doubted()
    {
        var session = new Session(enrolled: People).Write(new Scene().Silence(1).Voice(5, 4).Silence(1).Samples);
        Assert.True(session.Edit(e => e.Merge(1, -1)));
        Assert.Equal([-1], session.Final.Select(t => t.Speaker.Id));
        session.Write(new Scene().Voice(5, 4).Silence(1).Voice(3, 4).Silence(1).Samples).Complete();
        Assert.Equal([-1, -1, 2], session.Final.Select(t => t.Speaker.Id));
    }

    [Fact]
    public void Who_was_heard_by_a_merge_that_was_taken_back_can_be_recognised()
    {
        var session = new Session(enrolled: People).Write(new Scene().Silence(1).Voice(5, 4).Silence(1).Samples);
        Assert.True(session.Edit(e => e.Merge(1, -1)));
        Assert.Equal(1, session.Edit(e => e.UndoMerge(-1)));
        Assert.Equal([1], session.Diarizer.Speakers.Select(s => s.Id));
        session.Write(new Scene().Voice(3, 4).Silence(1).Samples).Complete();
        Assert.Equal([1, -1], session.Final.Select(t => t.Speaker.Id));
    }

    [Fact]
    public void Who_resembles_two_people_is_told_to_be_neither()
    {
        EnrolledVoice[] twins = [Person(1, voice: 3), Person(2, voice: 3)];
        var session = new Session(enrolled: twins).Write(new Scene().Silence(1).Voice(3, 5).Silence(1).Samples).Complete();
        Assert.Equal([1], session.Diarizer.Speakers.Select(s => s.Id));
    }

    [Fact]
    public void Only_so_many_people_can_be_known()
    {
        var options = Session.Options with { Speakers = Session.Options.Speakers with { MaximumEnrolled = 1 } };
        Assert.Throws<ArgumentException>(() => new Session(options, enrolled: People));
        Assert.Throws<ArgumentException>(() => new Session(enrolled: [new EnrolledVoice(1, [new VoiceSample(Axis(1), 1)])]));
        Assert.Throws<ArgumentException>(() => new Session(enrolled: [new EnrolledVoice(-1, [])]));
        Assert.Throws<ArgumentException>(() => new Session(enrolled: [new EnrolledVoice(-1, [new VoiceSample([1, 0], 1)])]));
    }
}
