using Diarizer.Streaming.Speakers;

namespace Diarizer.Streaming.Tests.Speakers;

/// <summary>Against the integrals of reference/enrolled_score.py.</summary>
public class VoicePriorTests
{
    private static readonly SpeakerOptions Options = new() { VoiceVariance = 0.5, ChannelVariance = 0.4, NoiseVariance = 0.6, EnrolledChannelVariance = 0.2, IndependentShare = 0.45 };
    private static readonly VoiceSample First = new([0.8f, 0.1f], 4);
    private static readonly VoiceSample Second = new([0.7f, -0.2f], 2, Recording: 1);
    private static readonly float[] Heard = [0.6f, 0.3f];

    private static SpeakerModel Person(params VoiceSample[] samples) => new(Options, 2) { Id = -1, Prior = VoicePrior.Of(new EnrolledVoice(-1, samples), Options, 2) };

    [Fact]
    public void Score_of_a_voice_that_was_not_heard_yet()
    {
        var centre = new SessionCentre(Options, 2);
        Assert.Equal(0.528178, centre.Score(Person(First), Heard, 1.5), 1e-5);
        Assert.Equal(0.554057, centre.Score(Person(First, Second), Heard, 1.5), 1e-5);
    }

    [Fact]
    public void Score_of_a_voice_that_was_heard()
    {
        var person = Person(First);
        person.Add(new Exemplar([0.5f, 0.4f], 3));
        var centre = new SessionCentre(Options, 2);
        centre.Update([person]);
        Assert.Equal(0.999091, centre.Score(person, Heard, 1.5), 1e-5);
    }

    [Fact]
    public void Two_recordings_tell_more_than_one_that_is_as_long()
    {
        var one = VoicePrior.Of(new EnrolledVoice(-1, [First, First]), Options, 2);
        var two = VoicePrior.Of(new EnrolledVoice(-1, [First, First with { Recording = 1 }]), Options, 2);
        Assert.True(two.Variance < one.Variance);
    }
}
