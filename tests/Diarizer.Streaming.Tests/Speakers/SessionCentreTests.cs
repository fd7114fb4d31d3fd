using Diarizer.Streaming.Speakers;

namespace Diarizer.Streaming.Tests.Speakers;

public class SessionCentreTests
{
    private static readonly SpeakerOptions Options = new() { VoiceVariance = 0.4, ChannelVariance = 0.5, NoiseVariance = 0.6, IndependentShare = 1 };

    // Two voices that share a strong common part, the first axis.
    private static readonly float[] One = [0.8f, 0.6f, 0], Two = [0.8f, 0, 0.6f];

    [Fact]
    public void Scores_are_the_likelihood_ratios_of_the_model()
    {
        // One voice of 2 s; everything by hand in one dimension: c ~ N(0, 0.5), s ~ N(0, 0.4), e ~ N(0, 0.6 / seconds).
        var centre = new SessionCentre(Options, 1);
        var model = Model([0.9f], 2, 1);
        centre.Update([model]);
        double precision = 1 / 0.5 + 1 / (0.4 + 0.3), c = 0.9 / (0.4 + 0.3) / precision, share = 0.4 / (0.4 + 0.3);
        double voice = c + share * (0.9 - c), ofVoice = 0.6 / 1.5 + 0.4 * (1 - share) + (1 - share) * (1 - share) / precision, ofStranger = 0.6 / 1.5 + 0.4 + 1 / precision;
        double expected = Math.Log(ofStranger / ofVoice) + (0.7 - c) * (0.7 - c) / ofStranger - (0.7 - voice) * (0.7 - voice) / ofVoice;
        Assert.Equal(expected, centre.Score(model, [0.7f], 1.5), 5);
    }

    [Fact]
    public void What_all_voices_share_speaks_for_nobody()
    {
        // What is of the line alone resembles the only voice known; once others have shown what the line is, it does less.
        float[] line = [0.8f, 0, 0];
        var one = Model(One, 5);
        var alone = new SessionCentre(Options, 3);
        alone.Update([one]);
        var among = new SessionCentre(Options, 3);
        among.Update([one, Model([0.8f, -0.6f, 0], 5), Model([0.8f, 0, -0.6f], 5)]);
        Assert.True(among.Score(one, line, 1.5) < alone.Score(one, line, 1.5) - 0.1);
        Assert.True(among.Score(one, One, 1.5) > 0);
        Assert.True(among.Score(one, [0.8f, -0.6f, 0], 1.5) < 0);
    }

    [Fact]
    public void Short_speech_proves_little_either_way()
    {
        var one = Model(One, 5);
        var centre = new SessionCentre(Options, 3);
        centre.Update([one, Model([0.8f, -0.6f, 0], 5)]);
        Assert.InRange(centre.Score(one, One, 0.3), 0, centre.Score(one, One, 3));
        Assert.InRange(centre.Score(one, [0.8f, -0.6f, 0], 0.3), centre.Score(one, [0.8f, -0.6f, 0], 3), 0);
    }

    [Fact]
    public void A_cleared_centre_knows_nothing()
    {
        var one = Model(One, 2);
        var used = new SessionCentre(Options, 3);
        used.Update([one, Model(Two, 2)]);
        used.Clear();
        Assert.Equal(new SessionCentre(Options, 3).Score(one, Two, 1), used.Score(one, Two, 1));
        Assert.Equal(double.NegativeInfinity, used.Score(new SpeakerModel(Options, 3), Two, 1));
    }

    private static SpeakerModel Model(float[] embedding, double seconds, int dimension = 3)
    {
        var model = new SpeakerModel(Options, dimension);
        model.Add(new Exemplar(embedding, seconds));
        return model;
    }
}
