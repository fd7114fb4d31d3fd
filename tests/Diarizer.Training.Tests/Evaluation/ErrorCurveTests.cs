using Diarizer.Training.Evaluation;

namespace Diarizer.Training.Tests.Evaluation;

public class ErrorCurveTests
{
    /// <summary>Computed in NumPy (reference/evaluation.py).</summary>
    [Fact]
    public void RatesAreThoseOfTheDefinition()
    {
        float[] others = Examples.Scores(3_000, 2, 0);
        others[7] = others[1_507] = 1;
        var rates = ErrorRates.Of(new ErrorCurve(Examples.Scores(200, 0.5, 0.8), others));
        Assert.Equal(0.105666667, rates.Eer, 9);
        Assert.Equal(0.281, rates.MinDcf01, 9);
        Assert.Equal(0.71, rates.MinDcf001, 9);
    }

    [Fact]
    public void RunsFromAcceptingAllToRejectingAll()
    {
        var curve = new ErrorCurve([0.4f, 0.6f], [0.4f, 0.2f, 0.2f, 0.1f]);
        Assert.Equal([0, 0, 0, 0.5, 1], curve.Miss.ToArray());
        Assert.Equal([1, 0.75, 0.25, 0, 0], curve.FalseAlarm.ToArray());
    }

    [Fact]
    public void AWeightIsAsManyEqualTrials()
    {
        float[] targets = Examples.Scores(30, 0.5, 0.4), others = Examples.Scores(50, 2, 0);
        int[] targetWeights = [.. targets.Select((_, i) => i % 4)], otherWeights = [.. others.Select((_, i) => i * i % 3)];
        var curve = new ErrorCurve(targets, others);
        Assert.True(curve.Weigh(targetWeights, otherWeights));
        var repeated = new ErrorCurve([.. targets.SelectMany((s, i) => Enumerable.Repeat(s, targetWeights[i]))], [.. others.SelectMany((s, i) => Enumerable.Repeat(s, otherWeights[i]))]);
        Assert.Equal(ErrorRates.Of(repeated), ErrorRates.Of(curve));
        Assert.True(curve.Weigh([.. targets.Select(_ => 2)], [.. others.Select(_ => 5)]));
        Assert.Equal(ErrorRates.Of(new ErrorCurve(targets, others)), ErrorRates.Of(curve));
    }

    [Fact]
    public void NoWeightOfAKindChangesNothing()
    {
        var curve = new ErrorCurve([0.4f, 0.6f], [0.5f]);
        double before = curve.EqualErrorRate();
        Assert.False(curve.Weigh([1, 1], [0]));
        Assert.False(curve.Weigh([0, 0], [1]));
        Assert.Equal(before, curve.EqualErrorRate());
    }

    /// <summary>SciPy's norm.ppf.</summary>
    [Theory]
    [InlineData(0.0005, -3.290526731)]
    [InlineData(0.01, -2.326347874)]
    [InlineData(0.02425, -1.972961051)]
    [InlineData(0.3, -0.524400513)]
    [InlineData(0.5, 0)]
    [InlineData(0.9, 1.281551566)]
    [InlineData(0.999, 3.090232306)]
    public void NormalDeviates(double share, double deviate) => Assert.Equal(deviate, NormalDeviate.Of(share), 1e-8);
}
