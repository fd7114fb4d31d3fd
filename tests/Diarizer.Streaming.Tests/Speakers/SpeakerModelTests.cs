using Diarizer.Streaming.Speakers;

namespace Diarizer.Streaming.Tests.Speakers;

public class SpeakerModelTests
{
    private static readonly float[] East = [1, 0];
    private static readonly float[] North = [0, 1];
    private static readonly SessionCentre Uncentred = new(SpeakerOptions.NoCentring, 2);

    [Fact]
    public void Scores_mix_the_centroid_and_the_nearest_exemplars()
    {
        var options = new SpeakerOptions { CentroidWeight = 0.25, NearestExemplars = 1 };
        var model = new SpeakerModel(options, 2, Uncentred);
        model.Add(new Exemplar(East, 1));
        model.Add(new Exemplar(North, 1));
        Assert.Equal((0.25 * Math.Sqrt(0.5)) + 0.75, model.Score(East), 5);
    }

    [Fact]
    public void When_full_the_least_trusted_exemplar_goes()
    {
        var model = new SpeakerModel(new SpeakerOptions { MaximumExemplars = 2, NearestExemplars = 1, CentroidWeight = 0 }, 2, Uncentred);
        model.Add(new Exemplar(East, 0.5));
        model.Add(new Exemplar(North, 1));
        model.Add(new Exemplar(North, 1));
        Assert.Equal(2, model.Exemplars);
        Assert.Equal(0, model.Score(East), 5);
        model.Add(new Exemplar(East, 0.5));
        Assert.Equal(0, model.Score(East), 5);
    }
}
