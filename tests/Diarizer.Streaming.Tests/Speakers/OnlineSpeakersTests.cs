using Diarizer.Streaming.Speakers;

namespace Diarizer.Streaming.Tests.Speakers;

public class OnlineSpeakersTests
{
    private static readonly SpeakerOptions Options = new()
    {
        Maximum = 2,
        MinimumNewSpeakerSpeech = 2,
        MinimumClearlyNewSpeech = 1,
        ClearlyNewScore = -1,
        MergeThreshold = 0,
        MinimumNewSpeakerProbability = 0.9,
        VoiceVariance = 0.9,
        ChannelVariance = 0.02,
        NoiseVariance = 0.2,
    };

    private readonly OnlineSpeakers _speakers = new(Options, new(), 2);

    private SpeakerModel Heard(double seconds, float[] embedding, double resemblance = double.NegativeInfinity, double probability = 0.95)
    {
        var model = _speakers.Create(0, resemblance);
        model.AddSpeech((long)(seconds * 16_000), probability);
        model.Add(new Exemplar(embedding, seconds));
        return model;
    }

    [Fact]
    public void A_clearly_new_voice_is_named_sooner_than_a_doubtful_one()
    {
        Assert.Null(_speakers.NameOrMerge(Heard(0.9, [1, 0])));
        var clear = Heard(1, [0, 1]);
        Assert.Same(clear, _speakers.NameOrMerge(clear));
        Assert.Null(_speakers.NameOrMerge(clear));
        Assert.Equal(1, Assert.Single(_speakers.Summaries()).Id);

        var doubtful = Heard(1.9, [1, 0], resemblance: 0.3);
        Assert.Null(_speakers.NameOrMerge(doubtful));
        doubtful.AddSpeech(1600, 0.95);
        Assert.Same(doubtful, _speakers.NameOrMerge(doubtful));
    }

    [Fact]
    public void Sound_that_may_not_be_speech_gets_no_name() => Assert.Null(_speakers.NameOrMerge(Heard(60, [1, 0], probability: 0.8)));

    [Theory]
    [InlineData(2, 0.95, 0.9, true)]
    [InlineData(2, 0.89, 0.8, false)]
    [InlineData(4, 0.86, 0.8, true)] // half way from 2 to 6 s, 0.85 is enough
    [InlineData(4, 0.84, 0.8, false)]
    [InlineData(60, 0.81, 0.8, true)]
    [InlineData(60, 0.79, 0.8, false)]
    [InlineData(60, 0.89, 1, false)]
    public void The_more_is_heard_the_less_certain_it_must_be(double seconds, double probability, double established, bool expected) =>
        Assert.Equal(expected, (Options with { EstablishedSpeech = 6, EstablishedProbability = established }).IsSomebody(seconds, probability));

    [Fact]
    public void A_voice_that_proves_to_be_somebody_named_joins_them()
    {
        var named = _speakers.NameOrMerge(Heard(5, [1, 0]));
        Assert.Same(named, _speakers.NameOrMerge(Heard(1, [0.96f, 0.28f], probability: 0.5)));
        var summary = Assert.Single(_speakers.Summaries());
        Assert.Equal((6.0, 2), (summary.SpeechSeconds, summary.Exemplars));
    }

    [Fact]
    public void A_full_house_forgets_whom_it_knows_least()
    {
        var named = _speakers.NameOrMerge(Heard(2, [1, 0]));
        Heard(30, [0, 1]);
        var third = _speakers.Create(2, 0);
        Assert.Equal([named!, third], _speakers.Models);
    }

    [Fact]
    public void Speech_can_be_taken_back()
    {
        var model = Heard(3, [1, 0], probability: 0.9);
        model.AddSpeech(16_000, 0.5);
        model.AddSpeech(-16_000, 0.5);
        Assert.Equal((48_000, 0.9), (model.Speech, Math.Round(model.Probability, 9)));
        model.AddSpeech(-100_000, 0.9);
        Assert.Equal((0, 0), (model.Speech, model.Probability));
    }
}
