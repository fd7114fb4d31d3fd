using Diarizer.Audio.Files;
using Diarizer.Audio.Resampling;

namespace Diarizer.Audio.Tests.Resampling;

public class ResamplerTests
{
    [Theory]
    [InlineData(8_000)]
    [InlineData(11_025)]
    [InlineData(22_050)]
    [InlineData(44_100)]
    [InlineData(48_000)]
    [InlineData(96_000)]
    public void Tone_keeps_amplitude_and_frequency(int rate)
    {
        var output = AudioFile.Resample(Tone.Sine(1000, rate, rate), rate, 16_000);
        Assert.Equal(16_000, output.Length);
        var (amplitude, residual) = Tone.Fit(output.AsSpan(2000, 12_000), 1000, 16_000);
        Assert.Equal(0.5, amplitude, 0.0005);
        Assert.True(residual < -90, $"the rest is at {residual:F1} dB");
    }

    [Theory]
    [InlineData(44_100)]
    [InlineData(48_000)]
    public void What_16_kHz_cannot_hold_is_removed(int rate)
    {
        var output = AudioFile.Resample(Tone.Sine(9_500, rate, rate), rate, 16_000);
        Assert.True(output.AsSpan(2000, 12_000).ToArray().Max(Math.Abs) < 1e-4);
    }

    [Theory]
    [InlineData(8_000)]
    [InlineData(16_000)]
    [InlineData(44_100)]
    [InlineData(48_000)]
    public void Pieces_of_any_size_give_the_same_bits(int rate)
    {
        var input = Tone.Noise(rate * 3 + 17);
        var whole = AudioFile.Resample(input, rate, 16_000);
        foreach (var piece in new[] { 1, rate / 100, rate / 10, 7919 })
            Assert.Equal(whole, InPieces(input, rate, piece));
    }

    [Fact]
    public void Time_stays_where_it_was()
    {
        var input = new float[48_000];
        input[24_000] = 1;
        var output = AudioFile.Resample(input, 48_000, 16_000);
        Assert.Equal(8_000, Array.IndexOf(output, output.Max()));
    }

    [Theory]
    [InlineData(8_000, 1)]
    [InlineData(44_100, 44_101)]
    [InlineData(44_100, 2)]
    [InlineData(48_000, 7)]
    [InlineData(192_000, 1_000_003)]
    [InlineData(11_025, 3)]
    public void Length_follows_the_clock(int rate, int frames)
    {
        var output = InPieces(Tone.Noise(frames), rate, 4096);
        Assert.Equal((long)Math.Round(frames * 16_000.0 / rate, MidpointRounding.AwayFromZero), output.Length);
    }

    [Fact]
    public void Output_follows_soon()
    {
        foreach (var rate in new[] { 8_000, 44_100, 48_000 })
        {
            using var resampler = new Resampler(rate);
            var input = Tone.Noise(rate);
            var output = new float[16_000];
            var worst = 0L;
            for (var start = 0; start < rate; start += rate / 100)
            {
                ReadOnlySpan<float> piece = input.AsSpan(start, rate / 100);
                while (!piece.IsEmpty) resampler.Process(ref piece, output);
                worst = Math.Max(worst, (start + rate / 100) * 16_000L / rate - resampler.SamplesOut);
            }

            Assert.True(worst < 16 * (rate < 16_000 ? 55 : 30), $"{rate} Hz: {worst / 16.0:F1} ms behind");
        }
    }

    [Fact]
    public void Gaps_add_up_to_the_clock_of_the_source()
    {
        using var resampler = new Resampler(44_100);
        var output = new float[4096];
        var (samples, gaps, frames) = (0L, 0L, 0L);
        var random = new Random(5);
        for (var round = 0; round < 200; round++)
        {
            ReadOnlySpan<float> piece = Tone.Noise(random.Next(1, 3000));
            var lost = random.Next(1, 500);
            frames += piece.Length + lost;
            while (!piece.IsEmpty) samples += resampler.Process(ref piece, output);
            for (int flushed; (flushed = resampler.Flush(output)) > 0;) samples += flushed;
            gaps += resampler.Skip(lost);
            Assert.Equal(new RateRatio(44_100, 16_000).OutputPosition(frames), samples + gaps);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(10_000_000)]
    public void Absurd_rates_are_refused(int rate)
    {
        var error = Assert.Throws<UserErrorException>(() => new Resampler(rate));
        Assert.Contains($"{rate} Hz", error.Message);
    }

    private static float[] InPieces(float[] input, int rate, int piece)
    {
        using var resampler = new Resampler(rate);
        var result = new List<float>();
        var output = new float[997];
        for (var start = 0; start < input.Length; start += piece)
        {
            ReadOnlySpan<float> rest = input.AsSpan(start, Math.Min(piece, input.Length - start));
            while (!rest.IsEmpty) result.AddRange(output.AsSpan(0, resampler.Process(ref rest, output)));
        }

        for (int count; (count = resampler.Flush(output)) > 0;) result.AddRange(output.AsSpan(0, count));
        return [.. result];
    }
}
