using Diarizer.Service.Streams;

namespace Diarizer.Service.Tests.Streams;

public sealed class StreamMeterTests
{
    private readonly StreamMeter _meter = new(TimeProvider.System);

    [Fact]
    public void A_level_is_that_of_all_since_the_last_look()
    {
        Assert.Null(_meter.TakeLevel());
        _meter.AddLevel([0.5f, -0.5f, 0.5f, -0.5f]);
        _meter.AddLevel([0f, -0.8f, 0f, 0f]);
        var (peak, rms) = _meter.TakeLevel()!.Value;
        Assert.Equal(0.8, peak, 6);
        Assert.Equal(Math.Sqrt(((4 * 0.25) + 0.64) / 8), rms, 6);
        Assert.Null(_meter.TakeLevel());
    }

    [Fact]
    public void The_newest_lag_is_told()
    {
        _meter.AddLag(TimeSpan.FromMilliseconds(90));
        _meter.AddLag(TimeSpan.FromMilliseconds(20));
        Assert.Equal(20, _meter.LastLag);
    }
}
