using Diarizer.Training.Evaluation;

namespace Diarizer.Training.Tests.Evaluation;

/// <summary>Values computed in NumPy and SciPy (reference/evaluation.py).</summary>
public class FusionTests
{
    [Theory]
    [InlineData(1, 1, 1.678675, 0.460735, 0.104782, -0.348237, 0.15, 0.25)]
    [InlineData(3, 1, 1.643736, 0.349354, 0.073488, -0.259689, 0.15, 0.35)]
    public void MeanOfNormalisedScores(double first, double second, double a, double b, double c, double d, double eer, double cost)
    {
        var models = Examples.TwoModels();
        var fused = LinearFusion.OfNormalised(models, [first, second]).Apply(models);
        Assert.All(new[] { a, b, c, d }.Zip([fused.Targets[0], fused.Targets[7], fused.Others[0], fused.Others[59]]), v => Assert.Equal(v.First, v.Second, 2e-6));
        Assert.Equal(eer, fused.Curve().EqualErrorRate(), 9);
        Assert.Equal(cost, fused.Curve().MinimumCost(0.01), 9);
    }

    [Theory]
    [InlineData(0.5, 8.57728, 4.16532, -21.87190)]
    [InlineData(0.01, 11.22174, 8.29850, -42.50952)]
    public void RegressionFindsTheMostLikelyWeights(double prior, double first, double second, double offset)
    {
        var fusion = LogisticFusion.Fit(Examples.TwoModels(), prior);
        Assert.Equal(first, fusion.Weights[0], 2e-3);
        Assert.Equal(second, fusion.Weights[1], 2e-3);
        Assert.Equal(offset, fusion.Offset, 1e-2);
    }

    [Fact]
    public void RegressionOnTrialsWithoutErrorStaysFinite()
    {
        ScoredTrials[] models = [new([0.8f, 0.9f], [0.1f, 0.2f]), new([0.8f, 0.9f], [0.1f, 0.2f])];
        var fused = LogisticFusion.Fit(models, 0.5).Apply(models);
        Assert.All(fused.Targets, s => Assert.InRange(s, 1, 1_000));
        Assert.All(fused.Others, s => Assert.InRange(s, -1_000, -1));
    }

    [Fact]
    public void AModelOfEqualScoresAddsNothing()
    {
        ScoredTrials[] models = [Examples.TwoModels()[0], new(new float[40], new float[60])];
        Assert.Equal(models[0].Curve().EqualErrorRate(), LinearFusion.OfNormalised(models, [1, 1]).Apply(models).Curve().EqualErrorRate());
        Assert.Equal(models[0].Curve().EqualErrorRate(), LogisticFusion.Fit(models, 0.5).Apply(models).Curve().EqualErrorRate());
    }
}
