using Diarizer.Audio.Files;

namespace Diarizer.Audio.Tests.Files;

public class LossyCodecTests
{
    [Theory]
    [InlineData(LossyCodec.Gsm, 8_000, 5)]
    [InlineData(LossyCodec.G721, 8_000, 20)]
    [InlineData(LossyCodec.G723, 8_000, 12)]
    [InlineData(LossyCodec.ImaAdpcm, 8_000, 20)]
    [InlineData(LossyCodec.Opus, 16_000, 10)]
    public void SoundSurvivesInItsPlaceButNotUnchanged(LossyCodec codec, int rate, double decibels)
    {
        // A voice-like buzz with a pause: the pause shows whether the codec's delay is taken out.
        float[] signal = [.. Enumerable.Range(0, rate * 2 - 123).Select(i => i / (rate / 2) % 2 == 0 ? (float)Enumerable.Range(1, 6).Sum(h => 0.08 / h * Math.Sin(2 * Math.PI * 170 * h * i / rate)) : 0f)];
        var coded = signal.ToArray();
        codec.RoundTrip(coded, rate);
        double power = 0, error = 0;
        // Codecs of blocks may lose the last one.
        for (int i = 0; i < signal.Length - 1_024; i++)
        {
            power += signal[i] * signal[i];
            error += (coded[i] - signal[i]) * (coded[i] - signal[i]);
        }

        Assert.InRange(10 * Math.Log10(power / error), decibels, 60);
    }

    [Fact]
    public void ARateThatACodecDoesNotTakeIsNamed()
    {
        var failure = Assert.Throws<ArgumentException>(() => LossyCodec.Opus.RoundTrip(new float[100], 11_025));
        Assert.Contains("11025 Hz", failure.Message, StringComparison.Ordinal);
    }
}
