using Diarizer.Training.Augmentation;
using Diarizer.Training.Data;
using Diarizer.Training.Data.Audio;

namespace Diarizer.Training.Tests.Augmentation;

public sealed class BackgroundTests : IDisposable
{
    private static readonly BabbleOptions NoBabble = new() { Probability = 0 };
    private static readonly ShapedNoiseOptions NoShapedNoise = new() { Probability = 0 };
    private static readonly NoiseOptions NoNoise = new() { Probability = 0 };

    private readonly TemporaryFolder _folder = new();

    public BackgroundTests() => SyntheticData.Write(_folder);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void EachKindLiesAsFarBelowTheSpeechAsAsked()
    {
        const double Power = 0.02;
        Assert.Equal(10, Distance(new() { Probability = 1, Snr = [10, 10] }, NoShapedNoise, NoNoise), 0.01);
        Assert.Equal(-3, Distance(NoBabble, new() { Probability = 1, Snr = [-3, -3] }, NoNoise), 0.01);
        Assert.Equal(25, Distance(NoBabble, NoShapedNoise, new() { Probability = 1, Snr = [25, 25] }), 0.01);

        double Distance(BabbleOptions babble, ShapedNoiseOptions shaped, NoiseOptions noise) => 10 * Math.Log10(Power / Level.Power(Add(babble, shaped, noise, (float)Power)));
    }

    [Fact]
    public void NothingIsAddedWhereNothingIsDrawn() => Assert.DoesNotContain(Add(NoBabble, NoShapedNoise, NoNoise, 0.02f), x => x != 0);

    [Fact]
    public void HissIsFaintAndNotAlways()
    {
        double[] decibels = [.. Enumerable.Range(0, 100).Select(i =>
        {
            var samples = new float[1_600];
            var random = new SeededRandom(1, 0, i);
            Background.AddHiss(samples, ref random);
            return 10 * Math.Log10(Level.Power(samples) + 1e-15);
        })];
        Assert.InRange(decibels.Count(d => d > -120), 30, 70);
        Assert.All(decibels.Where(d => d > -120), d => Assert.InRange(d, -91, -54));
    }

    private float[] Add(BabbleOptions babble, ShapedNoiseOptions shaped, NoiseOptions noise, float power)
    {
        var noises = NoiseLibrary.Open(_folder["noise.tsv"], new PcmCache(_folder["cache"]));
        var samples = new float[32_000];
        var random = new SeededRandom(6, 0, 0);
        new Background(babble, shaped, noise, SyntheticData.Library(_folder), noises).Add(samples, power, ref random);
        return samples;
    }
}
