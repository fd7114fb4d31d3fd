using Diarizer.Streaming.Speakers;

namespace Diarizer.Streaming.Tests.Speakers;

public class SpeakerModelTests
{
    private static readonly float[] East = [1, 0];
    private static readonly float[] North = [0, 1];

    [Fact]
    public void The_mean_is_weighted_by_trust_and_keeps_its_length()
    {
        var model = new SpeakerModel(new SpeakerOptions(), 2);
        model.Add(new Exemplar(East, 1));
        model.Add(new Exemplar(North, 3));
        Assert.Equal([0.25f, 0.75f], model.Mean.ToArray());
    }

    [Fact]
    public void Exemplars_that_overlap_count_for_less_than_their_sum_but_never_for_less_than_one_of_them()
    {
        var model = new SpeakerModel(new SpeakerOptions { IndependentShare = 0.4 }, 2);
        Assert.Equal(0, model.Seconds);
        model.Add(new Exemplar(East, 1.5));
        Assert.Equal(1.5, model.Seconds, 9);
        model.Add(new Exemplar(East, 1));
        Assert.Equal(1.5, model.Seconds, 9);
        model.Add(new Exemplar(East, 1.5));
        model.Add(new Exemplar(East, 1));
        Assert.Equal(2, model.Seconds, 9);
    }

    [Fact]
    public void When_full_the_least_trusted_exemplar_goes()
    {
        var model = new SpeakerModel(new SpeakerOptions { MaximumExemplars = 2 }, 2);
        model.Add(new Exemplar(East, 0.5));
        model.Add(new Exemplar(North, 1));
        model.Add(new Exemplar(North, 1));
        Assert.Equal(2, model.Exemplars.Count);
        Assert.Equal(North, model.Mean.ToArray());
        model.Add(new Exemplar(East, 0.5));
        Assert.Equal(North, model.Mean.ToArray());
    }
}
