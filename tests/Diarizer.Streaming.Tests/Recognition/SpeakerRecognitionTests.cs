using Diarizer.Streaming.Recognition;
using Diarizer.Streaming.Speakers;

namespace Diarizer.Streaming.Tests.Recognition;

public class SpeakerRecognitionTests
{
    private static readonly RecognitionOptions Options = new() { Threshold = 0.7, Rise = 0.02, RiseUntil = 8, Margin = 0.05, Patience = 0.05 };

    // At an angle, in a plane; so that cosines are known.
    private static float[] At(double degrees) => [(float)Math.Cos(degrees * Math.PI / 180), (float)Math.Sin(degrees * Math.PI / 180)];

    private static SpeakerModel Speaker(int id, double degrees, double seconds = 1)
    {
        var model = new SpeakerModel(new SpeakerOptions { IndependentShare = 1 }, 2) { Id = id };
        model.Add(new Exemplar(At(degrees), seconds));
        return model;
    }

    private static int[] Recognised(SpeakerModel[] speakers, params double[] people)
    {
        var known = new KnownPeople(10, 2, [.. people.Select((degrees, i) => new EnrolledVoice(-1 - i, [new VoiceSample(At(degrees), 5)]))]);
        var assigned = new SpeakerRecognition(Options, known).Assign(speakers);
        return [.. speakers.Select(s => assigned.GetValueOrDefault(s))];
    }

    [Theory]
    [InlineData(45, -1)] // 0.707
    [InlineData(46, 0)] // 0.695
    public void A_speaker_is_a_person_from_the_threshold_on(double degrees, int person) => Assert.Equal([person], Recognised([Speaker(1, degrees)], 0));

    [Fact]
    public void The_threshold_rises_with_what_was_heard_up_to_a_point()
    {
        // 0.707 against 0.7 + 0.02 for twice as much; 0.7660 against 0.76 from 8 s on.
        Assert.Equal([0], Recognised([Speaker(1, 45, seconds: 2)], 0));
        Assert.Equal([-1], Recognised([Speaker(1, 40, seconds: 30)], 0));
        Assert.Equal([0], Recognised([Speaker(1, 41, seconds: 30)], 0));
    }

    [Fact]
    public void A_name_is_kept_a_little_longer_than_it_is_given() => Assert.Equal([-1, 0], [.. Recognised([Speaker(-1, 48)], 0), .. Recognised([Speaker(-1, 50)], 0)]);

    [Fact]
    public void A_person_is_the_speaker_whom_they_fit_best_and_nobody_else()
    {
        Assert.Equal([0, -1], Recognised([Speaker(1, 30), Speaker(2, 10)], 0));
        Assert.Equal([-2, -1], Recognised([Speaker(1, 40), Speaker(2, 10)], 0, 80));
        Assert.Equal([0, -1], Recognised([Speaker(-1, 30), Speaker(2, 10)], 0));
    }

    [Fact]
    public void Who_resembles_two_people_is_neither_unless_one_of_them_is_somebody_else()
    {
        Assert.Equal([0], Recognised([Speaker(1, 10)], 0, 20));
        Assert.Equal([-1, -2], Recognised([Speaker(1, 10), Speaker(2, 30)], 0, 20));
    }

    [Fact]
    public void A_confirmed_name_stays_and_is_nobody_elses()
    {
        var told = Speaker(-1, 90);
        told.IsConfirmed = true;
        Assert.Equal([-1, 0], Recognised([told, Speaker(2, 0)], 0));
    }

    [Theory]
    [InlineData(-1, false, 48, true)] // 0.669 of 0.866
    [InlineData(-1, false, 50, false)] // 0.643
    [InlineData(-1, true, 50, true)]
    [InlineData(3, false, 50, true)]
    public void A_turn_needs_a_share_of_the_speakers_score_to_be_told_under_the_name(int id, bool confirmed, double turn, bool expected)
    {
        var known = new KnownPeople(10, 2, [new EnrolledVoice(-1, [new VoiceSample(At(0), 5)])]);
        var speaker = Speaker(id, 30);
        speaker.IsConfirmed = confirmed;
        Assert.Equal(expected, new SpeakerRecognition(Options with { TurnShare = 0.75 }, known).MayBe(speaker, At(turn)));
    }

    [Fact]
    public void Recordings_count_alike_however_long()
    {
        var voice = new KnownVoice(new EnrolledVoice(-1, [new VoiceSample(At(0), 60), new VoiceSample(At(40), 2, Recording: 1)]));
        Assert.Equal(1, voice.Score(At(20)), 1e-6);
    }
}
