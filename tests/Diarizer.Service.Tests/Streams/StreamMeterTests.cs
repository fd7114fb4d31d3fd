using Diarizer.Service.Streams;

namespace Diarizer.Service.Tests.Streams;

public class StreamMeterTests
{
    private readonly ManualClock _clock = new();
    private readonly StreamMeter _meter;

    public StreamMeterTests() => _meter = new StreamMeter(_clock);

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

    [Fact]
    public void The_factor_is_that_of_the_last_full_window()
    {
        Assert.Equal(0, _meter.RealTimeFactor);
        Work(seconds: 10, took: 1);
        Assert.Equal(0.1, _meter.RealTimeFactor, 9);
        Work(seconds: 20, took: 5);
        Assert.Equal(0.2, _meter.RealTimeFactor, 9);
        Work(seconds: 20, took: 30);
        Assert.Equal(0.2, _meter.RealTimeFactor, 9);
        Work(seconds: 10, took: 15);
        Assert.Equal(1.5, _meter.RealTimeFactor, 9);
    }

    [Fact]
    public void Work_adds_up()
    {
        Work(seconds: 40, took: 1);
        Work(seconds: 2, took: 3);
        Assert.Equal((TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(42)), _meter.Work);
    }

    private void Work(int seconds, double took)
    {
        var began = _clock.GetTimestamp();
        _clock.Advance(took);
        _meter.AddWork(seconds * 16000L, began);
    }
}
