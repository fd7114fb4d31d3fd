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
}
