using Diarizer.Audio.Alsa;
using Diarizer.Audio.Live;

namespace Diarizer.Audio.Tests.Alsa;

public class AlsaRestartTests
{
    [Theory]
    [InlineData(1_000_000_000, 1_000_000_000, 24_000, 24_000)]
    [InlineData(1_000_000_000, 1_010_000_000, 24_000, 24_480)]
    [InlineData(1_000_000_000, 1_000_031_250, 0, 2)]
    [InlineData(5, 3_600_000_000_005, 0, 172_800_000)]
    public void A_restart_costs_what_was_unread_and_the_pause(long stopped, long started, long unread, long lost) =>
        Assert.Equal(lost, AlsaRestart.LostFrames(stopped, started, unread, 48_000));

    [Theory]
    [InlineData(0, 1_000)]
    [InlineData(2_000, 1_000)]
    public void A_device_without_times_cannot_tell(long stopped, long started) =>
        Assert.Equal(DeviceRead.Unknown, AlsaRestart.LostFrames(stopped, started, 100, 48_000));
}
