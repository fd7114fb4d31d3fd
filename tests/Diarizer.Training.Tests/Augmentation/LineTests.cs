using System.Diagnostics;
using Diarizer.Training.Augmentation;
using Diarizer.Training.Data;
using Diarizer.Training.Data.Audio;

namespace Diarizer.Training.Tests.Augmentation;

public class LineTests
{
    [Theory]
    [InlineData(1_000, -1.5, 1.5)]
    [InlineData(2_000, -1.5, 1.5)]
    [InlineData(60, -80, -20)]
    [InlineData(5_000, -120, -25)]
    public void TelephonePassesItsBand(double hertz, double lowest, double highest)
    {
        var samples = SyntheticData.Tone(hertz, 16_000);
        double before = Level.Power(samples);
        var random = new SeededRandom(1, 1, 1);
        new Telephone(new TelephoneOptions()).Apply(samples, "", ref random);
        Assert.InRange(10 * Math.Log10(Level.Power(samples.AsSpan(1_000, 14_000)) / before), lowest, highest);
    }

    [Fact]
    public void RateChangeKeepsTheTiming()
    {
        var samples = SyntheticData.Tone(500, 4_001);
        float[] half = new float[2_001], back = new float[4_001], scratch = new float[5_000];
        HalfRate.Down(samples, half, scratch);
        HalfRate.Up(half, back, scratch);
        for (int i = 100; i < 3_900; i++)
            Assert.Equal(samples[i], back[i], 0.005);
    }

    [Fact]
    public void CompandingHasEightBits()
    {
        float[] mu = [.. Enumerable.Range(-1_000, 2_001).Select(i => i / 1_000f)], a = [.. mu];
        var x = mu.ToArray();
        Companding.MuLaw(mu);
        Companding.ALaw(a);
        foreach (float[] coded in new[] { mu, a })
        {
            Assert.InRange(coded.Distinct().Count(), 200, 256);
            for (int i = 0; i < x.Length; i++)
                Assert.InRange(Math.Abs(coded[i] - x[i]), 0, 0.03 * Math.Abs(x[i]) + 0.001);
        }
    }

    [Fact]
    public void ShelfTiltsByItsGain()
    {
        var high = SyntheticData.Tone(7_000, 8_000);
        var low = SyntheticData.Tone(100, 8_000);
        double before = Level.Power(high), beforeLow = Level.Power(low);
        var shelf = Biquad.HighShelf(1_000, 16_000, 6);
        shelf.Apply(high);
        shelf.Apply(low);
        Assert.Equal(6, 10 * Math.Log10(Level.Power(high.AsSpan(500)) / before), 0.2);
        Assert.Equal(0, 10 * Math.Log10(Level.Power(low.AsSpan(1_600)) / beforeLow), 0.2);
    }

    [Fact]
    public void GainStaysWithinFullScale()
    {
        var samples = SyntheticData.Tone(300, 1_000, 0.9);
        var random = new SeededRandom(1, 1, 1);
        new Gain(new GainOptions { Decibels = [6, 6] }).Apply(samples, "", ref random);
        Assert.Equal(1, samples.Max());
        Assert.Equal(-1, samples.Min());
    }

    [Fact]
    public void DegradationClipsOrCoarsens()
    {
        var clean = SyntheticData.Tone(300, 4_000);
        for (int i = 0; i < 8; i++)
        {
            var samples = clean.ToArray();
            var random = new SeededRandom(1, i, 1);
            new Degradation(new DegradationOptions { Bits = [4, 4], ClipAt = [0.5, 0.5] }).Apply(samples, "", ref random);
            bool clipped = samples.Max() < 0.26f;
            Assert.True(clipped || samples.Distinct().Count() <= 17);
        }
    }

    [Fact]
    public void WholeChainIsCheap()
    {
        using var folder = new TemporaryFolder();
        SyntheticData.Write(folder);
        var noises = NoiseLibrary.Open(folder["noise.tsv"], new PcmCache(folder["cache"]));
        var options = new AugmentationOptions();
        var chain = new AugmentationChain(options, SyntheticData.Library(folder), noises, Room.Load(noises, options.Room));
        var samples = SyntheticData.Noise(24_000, 1);
        for (int i = 0; i < 20; i++)
            Apply(i);
        var clock = Stopwatch.StartNew();
        for (int i = 20; i < 60; i++)
            Apply(i);
        // 4 ms of a core is the aim; the bound leaves room for a busy machine.
        Assert.InRange(clock.Elapsed.TotalMilliseconds / 40, 0, 40);

        void Apply(int index)
        {
            var random = new SeededRandom(1, 0, index);
            chain.Apply(samples, "s0", ref random);
            Assert.All(samples, x => Assert.True(float.IsFinite(x)));
        }
    }
}
