using Diarizer.Audio.Files;
using Diarizer.Training.Augmentation;
using Diarizer.Training.Data;

namespace Diarizer.Training.Tests.Augmentation;

public class CodecTests
{
    [Fact]
    public void TelephoneCodecsTakeTheUpperBandAway()
    {
        double high = Remaining(LossyCodec.Gsm, 6_000), low = Remaining(LossyCodec.Gsm, 500);
        Assert.InRange(high, -120, -20);
        Assert.InRange(low, -3, 3);
        Assert.InRange(Remaining(LossyCodec.Opus, 6_000), -6, 6);
    }

    [Fact]
    public void TheLevelStaysAndTheSeedDecides()
    {
        var clean = SyntheticData.Tone(400, 16_000, 0.01);
        float[] once = Coded(clean, 3), again = Coded(clean, 3);
        Assert.Equal(once, again);
        Assert.InRange(10 * Math.Log10(Level.Power(once.AsSpan(2_000, 10_000)) / Level.Power(clean.AsSpan(2_000, 10_000))), -2, 2);
        Assert.Contains(Enumerable.Range(4, 12), seed => !Coded(clean, seed).SequenceEqual(once));
    }

    [Fact]
    public void SilenceStaysSilent()
    {
        Assert.All(Coded(new float[4_000], 1), x => Assert.Equal(0, x));
    }

    [Fact]
    public void ShapedNoiseIsAddedAtItsRatio()
    {
        var clean = SyntheticData.Tone(400, 32_000);
        var samples = clean.ToArray();
        var random = new SeededRandom(1, 1, 1);
        new AddedShapedNoise(new ShapedNoiseOptions { Snr = [10, 10] }).Apply(samples, "", ref random);
        var added = samples.Zip(clean, (a, b) => a - b).ToArray();
        Assert.InRange(10 * Math.Log10(Level.Power(clean) / Level.Power(added)), 9.9, 10.1);
    }

    private static float[] Coded(float[] clean, int seed)
    {
        var samples = clean.ToArray();
        var random = new SeededRandom(1, seed, 1);
        new Codec(new CodecOptions { Probability = 1 }).Apply(samples, "", ref random);
        return samples;
    }

    private static double Remaining(LossyCodec kind, double hertz)
    {
        var samples = SyntheticData.Tone(hertz, 16_000);
        double before = Level.Power(samples);
        var random = new SeededRandom(1, 1, 1);
        new Codec(new CodecOptions { Kinds = [kind] }).Apply(samples, "", ref random);
        return 10 * Math.Log10(Level.Power(samples.AsSpan(2_000, 12_000)) / before);
    }
}
