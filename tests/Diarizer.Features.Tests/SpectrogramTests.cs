namespace Diarizer.Features.Tests;

public sealed class SpectrogramTests
{
    [Theory]
    [InlineData(320, 320)]
    [InlineData(400, 512)]
    [InlineData(400, 400)]
    [InlineData(60, 90)]
    [InlineData(16, 32)]
    [InlineData(500, 1_024)]
    public void Equals_a_double_precision_transform(int window, int dft)
    {
        var options = new SpectrogramOptions { WindowLength = window, Hop = window, DftSize = dft };
        var samples = TestSignals.Noise(window);
        var expected = DoublePrecisionReference.Power(samples, 0, window, dft, 0);
        var frame = TestSignals.Frames(new Spectrogram(options), samples);
        Assert.Equal(dft / 2 + 1, frame.Length);
        for (int k = 0; k < frame.Length; k++)
            Assert.Equal(expected[k], Math.Exp(frame[k]), 1e-4 * (1 + expected[k]));
    }

    [Fact]
    public void A_value_out_of_bounds_is_named() =>
        Assert.Contains("DftSize", Assert.Throws<UserErrorException>(() => new Spectrogram(new SpectrogramOptions { DftSize = 322 })).Message, StringComparison.Ordinal);

    [Fact]
    public void Bins_know_their_frequencies()
    {
        var spectrogram = new Spectrogram().CentreHertz;
        Assert.Equal((161, 0, 50, 8_000), (spectrogram.Count, spectrogram[0], spectrogram[1], spectrogram[160]));
        var mel = new LogMel(new LogMelOptions { MelBins = 4, LowestHertz = 0, HighestHertz = 8_000 }).CentreHertz;
        // 700 (10^(m / 2595) - 1) at fifths of 2840.023 mel.
        Assert.Equal([458.73, 1_218.08, 2_475.05, 4_555.75], mel.Select(hertz => Math.Round(hertz, 2)));
    }
}
