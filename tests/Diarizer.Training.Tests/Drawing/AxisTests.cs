using Diarizer.Training.Drawing;

namespace Diarizer.Training.Tests.Drawing;

public class AxisTests
{
    [Theory]
    [InlineData(0, 1, "0 0.2 0.4 0.6 0.8 1")]
    [InlineData(0.13, 0.87, "0.1 0.2 0.3 0.4 0.5 0.6 0.7 0.8 0.9")]
    [InlineData(3, 21_000, "0 5,000 10,000 15,000 20,000 25,000")]
    [InlineData(-7, 12, "-8 -6 -4 -2 0 2 4 6 8 10 12")]
    public void AnAxisEndsOnRoundNumbers(double least, double most, string labels)
    {
        var axis = new Axis("x").Fit([least, most, double.NaN]);
        Assert.Equal(labels, string.Join(' ', axis.Ticks().Select(t => t.Label)));
        Assert.True(axis.From <= least && axis.To >= most);
    }

    [Fact]
    public void GivenEndsAreKept()
    {
        var axis = new Axis("x") { From = 0, To = 8_000 }.Fit([100, 12_000]);
        Assert.Equal((0, 8_000), (axis.From, axis.To));
        Assert.Equal(0.25, axis.Position(2_000));
    }

    [Fact]
    public void ALogarithmicAxisMarksDecadesAndTheirParts()
    {
        var axis = new Axis("x") { Scale = AxisScale.Logarithmic }.Fit([0, 0.01, 1]);
        Assert.Equal("0.01 0.02 0.05 0.1 0.2 0.5 1", string.Join(' ', axis.Ticks().Select(t => t.Label)));
        Assert.Equal(0.5, axis.Position(0.1), 12);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void OneValueStillHasAnAxis(bool logarithmic)
    {
        var axis = new Axis("x") { Scale = logarithmic ? AxisScale.Logarithmic : AxisScale.Linear }.Fit([3]);
        Assert.InRange(axis.Position(3), 0.3, 0.7);
    }
}
