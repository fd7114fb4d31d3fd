using Diarizer.Training.Augmentation;

namespace Diarizer.Training.Tests.Augmentation;

public class SpeedTests
{
    [Theory]
    [InlineData(0.9)]
    [InlineData(1.1)]
    [InlineData(1.3)]
    public void MovesToneByTheFactor(double factor)
    {
        var speed = new Speed(factor);
        var output = new float[8_000];
        speed.Apply(SyntheticData.Tone(1_000, speed.InputLength(output.Length)), output);
        var expected = SyntheticData.Tone(1_000 * factor, output.Length);
        for (int i = 50; i < output.Length - 50; i++)
            Assert.Equal(expected[i], output[i], 0.01);
    }

    [Fact]
    public void UnitSpeedCopies()
    {
        var speed = new Speed(1);
        var input = SyntheticData.Noise(speed.InputLength(1_000), 1);
        var output = new float[1_000];
        speed.Apply(input, output);
        Assert.Equal(input[..1_000], output);
    }

    [Fact]
    public void FasterPlayingDoesNotAlias()
    {
        var speed = new Speed(1.5);
        var output = new float[8_000];
        speed.Apply(SyntheticData.Tone(7_500, speed.InputLength(output.Length)), output);
        Assert.InRange(Level.Power(output.AsSpan(100, 7_800)), 0, 1e-4);
    }
}
