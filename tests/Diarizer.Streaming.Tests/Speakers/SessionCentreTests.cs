using Diarizer.Streaming.Speakers;

namespace Diarizer.Streaming.Tests.Speakers;

public class SessionCentreTests
{
    // Two voices that share a strong common part, the first axis.
    private static readonly float[] One = [0.8f, 0.6f, 0], Two = [0.8f, 0, 0.6f];

    [Fact]
    public void What_all_voices_share_is_taken_off()
    {
        var centre = Of(shrinkage: 0, One, Two);
        Assert.Equal(0.64, UnitCosine(One, Two), 5);
        Assert.Equal(-1, centre.Cosine(One, Two), 4);
        Assert.Equal(1, centre.Cosine(One, One), 4);
    }

    [Fact]
    public void One_voice_says_less_about_its_channel_than_two()
    {
        float[] stranger = [0.6f, 0, -0.8f];
        double one = Of(shrinkage: 1, One).Cosine(One, stranger), two = Of(shrinkage: 1, One, Two).Cosine(One, stranger);
        Assert.InRange(one, -0.2, UnitCosine(One, stranger) - 0.1);
        Assert.NotEqual(one, two, 2);
        // Half of the one voice is taken off: (stranger - One / 2) . (One / 2) = 0.24 - 0.25.
        Assert.Equal(-0.01 / (0.5 * Math.Sqrt(1 - 0.48 + 0.25)), one, 4);
    }

    [Fact]
    public void Without_centring_it_is_the_plain_cosine()
    {
        Assert.Equal(UnitCosine(One, Two), Of(SpeakerOptions.NoCentring, One, Two).Cosine(One, Two), 6);
        var cleared = Of(0, One, Two);
        cleared.Clear();
        Assert.Equal(UnitCosine(One, Two), cleared.Cosine(One, Two), 6);
    }

    private static double UnitCosine(float[] a, float[] b) => a.Zip(b, (x, y) => x * y).Sum();

    private static SessionCentre Of(double shrinkage, params float[][] voices)
    {
        var centre = new SessionCentre(shrinkage, 3);
        centre.Update([.. voices.Select(v =>
        {
            var model = new SpeakerModel(new SpeakerOptions(), 3, centre);
            model.Add(new Exemplar(v, 1));
            return model;
        })]);
        return centre;
    }
}
