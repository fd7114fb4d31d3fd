using Diarizer.Training.Augmentation;
using Diarizer.Training.Data;

namespace Diarizer.Training.Tests.Augmentation;

public class ShapedNoiseTests
{
    [Fact]
    public void LowBandsRumbleAndHighBandsHiss()
    {
        // Adjacent samples of a rumble are alike, those of a hiss are not.
        Assert.InRange(Correlation(Make([60, 80], seed: 1)), 0.9, 1);
        Assert.InRange(Correlation(Make([4_000, 5_000], seed: 1)), -1, 0.5);
    }

    [Fact]
    public void TheLevelWandersByWhatWasAsked()
    {
        double steady = SpreadOfLevels(Make([500, 2_000], spread: [0, 0])), wandering = SpreadOfLevels(Make([500, 2_000], spread: [12, 12]));
        Assert.InRange(steady, 0, 4);
        Assert.InRange(wandering, steady + 3, 25);
    }

    [Fact]
    public void TheSameSeedGivesTheSameNoise()
    {
        Assert.Equal(Make([60, 4_000], seed: 5), Make([60, 4_000], seed: 5));
        Assert.NotEqual(Make([60, 4_000], seed: 5), Make([60, 4_000], seed: 6));
    }

    private static float[] Make(double[] hertz, double[]? spread = null, long seed = 7)
    {
        var samples = new float[160_000];
        var random = new SeededRandom(seed, 0, 0);
        new ShapedNoise(new ShapedNoiseOptions { Hertz = hertz, Spread = spread ?? [3, 3] }).Fill(samples, ref random);
        Assert.All(samples, x => Assert.True(float.IsFinite(x)));
        return samples;
    }

    private static double Correlation(float[] x)
    {
        double product = 0, power = 0;
        for (int i = 1; i < x.Length; i++)
            (product, power) = (product + x[i] * x[i - 1], power + x[i] * x[i]);
        return product / power;
    }

    private static double SpreadOfLevels(float[] x)
    {
        double[] decibels = [.. x.Chunk(1_600).Select(c => 10 * Math.Log10(Level.Power(c) + 1e-12))];
        double mean = decibels.Average();
        return Math.Sqrt(decibels.Average(d => (d - mean) * (d - mean)));
    }
}
