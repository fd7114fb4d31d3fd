using Diarizer.Training.Augmentation;

namespace Diarizer.Training.Tests.Augmentation;

public class RoomTests
{
    [Fact]
    public void ConvolutionEqualsTheDirectSum()
    {
        var response = ImpulseResponse.From(SyntheticData.Noise(500, 4), 400);
        var dry = SyntheticData.Noise(2_000, 5);
        var wet = dry.ToArray();
        Room.Convolve(wet, response);
        var expected = new double[dry.Length];
        for (int n = 0; n < dry.Length; n++)
        {
            for (int k = 0; k < response.Taps.Length; k++)
            {
                int at = n + response.Direct - k;
                if (at >= 0 && at < dry.Length)
                    expected[n] += response.Taps[k] * dry[at];
            }
        }
        double scale = Math.Sqrt(Level.Power(dry) / (expected.Sum(x => x * x) / expected.Length));
        for (int n = 0; n < dry.Length; n++)
            Assert.Equal(expected[n] * scale, wet[n], 1e-4);
    }

    [Fact]
    public void DirectSoundStaysInPlaceAndPowerStays()
    {
        var recorded = new float[4_000];
        recorded[1_234] = 0.8f;
        recorded[1_900] = 0.1f;
        var click = new float[8_000];
        click[3_000] = 1;
        Room.Convolve(click, ImpulseResponse.From(recorded, 2_000));
        Assert.Equal(3_000, Array.IndexOf(click, click.Max()));
        Assert.Equal(1 / 8_000.0, Level.Power(click), 1e-7);
    }

    [Theory]
    [InlineData(6)]
    [InlineData(-8)]
    [InlineData(0)]
    public void AnotherSeatChangesTheDirectSoundBesideTheRest(double decibels)
    {
        var recorded = new float[4_000];
        recorded[100] = 0.5f;
        recorded[1_000] = 0.2f;
        recorded[2_000] = -0.1f;
        var response = ImpulseResponse.From(recorded, 3_900);
        var seat = response.AtSeat(decibels);
        Assert.Equal(response.Direct, seat.Direct);
        Assert.Equal(1, seat.Taps.Sum(t => t * (double)t), 1e-5);
        Assert.Equal(decibels, 20 * Math.Log10(Ratio(seat) / Ratio(response)), 1e-3);
        Assert.Equal(response.Taps[932] / response.Taps[1_932], seat.Taps[932] / seat.Taps[1_932], 1e-4);
        Assert.Equal(0.5 / 0.2, Ratio(response), 1e-4);

        static double Ratio(ImpulseResponse r) => r.Taps[r.Direct] / (double)r.Taps[r.Direct + 900];
    }

    [Fact]
    public void SilentResponseIsRefused() =>
        Assert.Contains("silent", Assert.Throws<UserErrorException>(() => ImpulseResponse.From(new float[100], 50)).Message);
}
