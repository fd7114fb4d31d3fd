using Diarizer.Training.Data;
using Diarizer.Training.Losses;
using Diarizer.Training.Sampling;
using static Diarizer.Training.Tests.Losses.LossExample;
using static TorchSharp.torch;

namespace Diarizer.Training.Tests.Losses;

/// <summary>The expected numbers are printed by reference/losses.py, which writes each loss from its equation.</summary>
public class MetricLossTests
{
    private static readonly HardNegativeSchedule Hardest = new(new MiningStage { Negatives = NegativeChoice.Hard });

    [Fact]
    public void AngularPrototypicalAveragesTheOtherCrops() => Assert.Equal(8.079339, Value(new AngularPrototypical(), m: 3), 4);

    [Theory]
    [InlineData(2, 2.848381)]
    [InlineData(3, 1.045846)]
    public void PrototypicalMatchesReference(int m, double expected) => Assert.Equal(expected, Value(new Prototypical(), m), 4);

    [Theory]
    [InlineData(2, 13.892590)]
    [InlineData(3, 5.834145)]
    public void Ge2eMatchesReference(int m, double expected) => Assert.Equal(expected, Value(new Ge2e(), m), 4);

    [Theory]
    [InlineData(2, 1.473585)]
    [InlineData(3, 1.666443)]
    public void EuclideanTripletMatchesReference(int m, double expected) =>
        Assert.Equal(expected, Value(new Triplet(TripletMetric.SquaredEuclidean, 0.3, Hardest), m), 4);

    [Theory]
    [InlineData(2, 0.686793)]
    [InlineData(3, 0.808222)]
    public void CosineTripletMatchesReference(int m, double expected) => Assert.Equal(expected, Value(new Triplet(TripletMetric.Cosine, 0.1, Hardest), m), 4);

    [Theory]
    [InlineData(1, 3.071439)]
    [InlineData(4, 2.546036)]
    public void PairwiseDivergenceMatchesReference(double factor, double expected) => Assert.Equal(expected, Value(new PairwiseDivergence(4, 0, 2), factor: factor), 4);

    [Fact]
    public void AskedDivergenceMatchesReference()
    {
        Assert.Equal(4.414715, Value(new AskedDivergence(1)), 4);
        using var scope = NewDisposeScope();
        var positive = tensor(X).reshape(3, 2, 4) * 0.3 + 0.5;
        Assert.Equal(0.854925, new AskedDivergence(1).call(positive, Classes(3)).item<float>(), 4);
    }

    [Fact]
    public void PairwiseDivergenceOfALayerMatchesReference() =>
        Assert.Equal(2.420584, Value(With(new PairwiseDivergence(4, 5, 2), ("outputs.weight", W), ("outputs.bias", Bias))), 4);

    /// <summary>The loss over random pairs is the mean of the losses of batches of these pairs alone.</summary>
    [Fact]
    public void PairwiseDivergenceOfRandomPairsIsTheirMean()
    {
        using var scope = NewDisposeScope();
        var loss = new PairwiseDivergence(4, 0, 2, pairs: 9, seed: 3);
        var single = new PairwiseDivergence(4, 0, 2);
        loss.AtStep(5);
        long[] classes = [4, 4, 0, 0, 2, 2];
        var random = new SeededRandom(3, 5, RandomPairs.Stream);
        var rows = tensor(X).reshape(6, 1, 4);
        double expected = RandomPairs.Draw(classes, 9, 0.5, ref random)
            .Average(pair => single.call(rows.index_select(0, tensor(new long[] { pair.First, pair.Second })), tensor(new[] { classes[pair.First], classes[pair.Second] })).item<float>());
        Assert.Equal(expected, Value(loss), 4);
    }

    [Fact]
    public void NegativesOfAStepAreTheSameEveryTime()
    {
        var loss = new Triplet(TripletMetric.Cosine, 0.1, new HardNegativeSchedule(), seed: 1);
        var values = Enumerable.Range(0, 20).Select(step => At(loss, step)).ToList();
        Assert.Equal(values, Enumerable.Range(0, 20).Select(step => At(new Triplet(TripletMetric.Cosine, 0.1, new HardNegativeSchedule(), seed: 1), step)));
        Assert.True(values.Distinct().Count() > 3);
        Assert.True(values.Max() <= At(new Triplet(TripletMetric.Cosine, 0.1, Hardest), 0) + 1e-6);
    }

    [Fact]
    public void ScheduleTurnsToHardNegativesAtItsStep()
    {
        var loss = new Triplet(TripletMetric.Cosine, 0.1, new HardNegativeSchedule(new MiningStage { FromStep = 10, Negatives = NegativeChoice.Hard }));
        Assert.Contains(Enumerable.Range(0, 10), step => At(loss, step) < 0.68);
        Assert.All(Enumerable.Range(10, 10), step => Assert.Equal(0.686793, At(loss, step), 4));
    }

    /// <summary>The first triplet has cosines 0.6 to its positive and 0.8 to its negative, the second 1 and 0.</summary>
    [Theory]
    [InlineData((int)TripletMetric.Cosine, 0.3 / 2)]
    [InlineData((int)TripletMetric.SquaredEuclidean, 0.5 / 2)]
    public void GivenTripletsCostTheirHinge(int metric, double expected)
    {
        using var scope = NewDisposeScope();
        var triplets = tensor(new float[] { 2, 0, 3, 4, 4, 3, 5, 0, 1, 0, 0, -1 }).reshape(2, 3, 2);
        Assert.Equal(expected, new Triplet((TripletMetric)metric, 0.1, new HardNegativeSchedule()).OfTriplets(triplets).item<float>(), 5);
    }

    private static double At(Triplet loss, long step)
    {
        loss.AtStep(step);
        return Value(loss);
    }
}
