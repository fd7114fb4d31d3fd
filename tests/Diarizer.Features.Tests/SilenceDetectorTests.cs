namespace Diarizer.Features.Tests;

public class SilenceDetectorTests
{
    private const int Rate = 16_000;

    [Fact]
    public void WordsAreKeptWithTheirPaddingAndPausesAreNot()
    {
        // Half a second each: hiss, word, hiss, word.
        float[] samples = [.. Enumerable.Range(0, 2 * Rate).Select(i => Hiss(i) + (i / (Rate / 2) % 2 == 1 ? 0.3f * MathF.Sin(0.2f * i) : 0))];
        var kept = SilenceDetector.Speech(samples, new SilenceOptions { Padding = 0.05 });
        Assert.Equal([(Rate / 2 - 800, Rate / 2 + 1_600), (3 * Rate / 2 - 800, Rate / 2 + 800)], kept);
    }

    [Fact]
    public void NeighboursGrowTogether()
    {
        // 60 ms of silence between two words, 50 ms of padding at either side.
        float[] samples = [.. Enumerable.Range(0, Rate).Select(i => i is > 8_000 and < 8_960 ? 0 : i < 3_000 ? 0 : 0.3f * MathF.Sin(0.2f * i))];
        Assert.Single(SilenceDetector.Speech(samples, new SilenceOptions { Padding = 0.05 }));
        Assert.Equal(2, SilenceDetector.Speech(samples, new SilenceOptions { Padding = 0 }).Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(16_000)]
    public void WhereNothingStandsOutEverythingIsKept(int length)
    {
        float[] samples = [.. Enumerable.Range(0, length).Select(Hiss)];
        Assert.Equal([(0, length)], SilenceDetector.Speech(samples, new SilenceOptions()));
    }

    [Fact]
    public void OptionsHaveBounds() =>
        Assert.Contains("Below is 100; it must be 5 to 80", Assert.Throws<UserErrorException>(() => new SilenceOptions { Below = 100 }.Validated()).Message, StringComparison.Ordinal);

    private static float Hiss(int i) => 0.002f * MathF.Sin(i * i * 0.37f);
}
