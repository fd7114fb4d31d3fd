using Diarizer.Training.Augmentation;
using Diarizer.Training.Data;
using Diarizer.Training.Data.Audio;

namespace Diarizer.Training.Tests.Augmentation;

public class MixingTests
{
    [Theory]
    [InlineData(-5)]
    [InlineData(0)]
    [InlineData(20)]
    public void MixKeepsTheAskedRatio(double snr)
    {
        var signal = SyntheticData.Tone(440, 16_000);
        var mixed = signal.ToArray();
        Level.Mix(mixed, SyntheticData.Noise(16_000, 3), snr);
        float[] added = [.. mixed.Zip(signal, (m, s) => m - s)];
        Assert.Equal(snr, 10 * Math.Log10(Level.Power(signal) / Level.Power(added)), 0.01);
    }

    [Fact]
    public void SilenceStaysSilent()
    {
        var silence = new float[100];
        Level.Mix(silence, SyntheticData.Noise(100, 1), 0);
        Assert.All(silence, x => Assert.Equal(0, x));
    }

    [Fact]
    public void NoiseAndBabbleKeepTheirRatioAndRepeatExactly()
    {
        using var folder = new TemporaryFolder();
        SyntheticData.Write(folder);
        var library = SyntheticData.Library(folder);
        var noises = NoiseLibrary.Open(folder["noise.tsv"], new PcmCache(folder["cache"]));
        foreach (IAugmentation augmentation in new IAugmentation[]
        {
            new Noise(new NoiseOptions { Snr = [10, 10] }, noises),
            new Babble(new BabbleOptions { Snr = [10, 10] }, library),
        })
        {
            var signal = SyntheticData.Tone(300, 24_000);
            float[] one = [.. signal], two = [.. signal];
            var random = new SeededRandom(1, 2, 3);
            augmentation.Apply(one, "s0", ref random);
            random = new SeededRandom(1, 2, 3);
            augmentation.Apply(two, "s0", ref random);
            Assert.Equal(one, two);
            float[] added = [.. one.Zip(signal, (m, s) => m - s)];
            Assert.Equal(10, 10 * Math.Log10(Level.Power(signal) / Level.Power(added)), 0.05);
        }
    }
}
