using Diarizer.Service.Streams;

namespace Diarizer.Service.Tests.Streams;

public class CaptureAnchorTests
{
    [Fact]
    public void Age_counts_from_the_capture_of_the_sample()
    {
        var clock = new ManualClock();
        var anchor = new CaptureAnchor(clock);
        anchor.Set(32_000);
        clock.Advance(0.25);
        Assert.Equal(0.25, anchor.AgeOf(32_000).TotalSeconds, 6);
        Assert.Equal(0.75, anchor.AgeOf(24_000).TotalSeconds, 6);
    }

    [Fact]
    public void A_sound_card_that_runs_slow_does_not_make_it_grow()
    {
        var clock = new ManualClock();
        var anchor = new CaptureAnchor(clock);
        // 8 hours at 50 ppm: 1.4 s behind the system's clock.
        for (long second = 1; second <= 8 * 3600; second++)
        {
            clock.Advance(1.00005);
            anchor.Set(second * 16_000);
        }

        Assert.Equal(0.1, anchor.AgeOf(8 * 3600 * 16_000L - 1600).TotalSeconds, 6);
    }

    [Fact]
    public void Sound_is_never_reported_before_it_was_made()
    {
        var anchor = new CaptureAnchor(new ManualClock());
        anchor.Set(100);
        Assert.Equal(TimeSpan.Zero, anchor.AgeOf(2000));
    }
}
