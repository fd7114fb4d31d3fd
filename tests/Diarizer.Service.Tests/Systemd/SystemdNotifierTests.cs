using System.Net.Sockets;
using System.Text;
using Diarizer.Service.Systemd;

namespace Diarizer.Service.Tests.Systemd;

public class SystemdNotifierTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Every_state_arrives_as_one_datagram(bool isAbstract)
    {
        using var systemd = new DatagramListener(isAbstract);
        using (var notifier = new SystemdNotifier(systemd.Address))
        {
            Assert.True(notifier.IsActive);
            notifier.Ready("1 stream");
            notifier.Watchdog();
            notifier.Stopping();
        }

        Assert.Equal("READY=1\nSTATUS=1 stream", systemd.Receive());
        Assert.Equal("WATCHDOG=1", systemd.Receive());
        Assert.Equal("STOPPING=1", systemd.Receive());
    }

    [Fact]
    public void Without_systemd_nothing_happens()
    {
        using var notifier = new SystemdNotifier(null);
        Assert.False(notifier.IsActive);
        notifier.Ready("1 stream");
    }

    [Fact]
    public void A_vanished_supervisor_does_no_harm()
    {
        using var notifier = new SystemdNotifier("/nonexistent/notify");
        notifier.Ready("1 stream");
    }

    [Theory]
    [InlineData("20000000", null, 10.0)]
    [InlineData("20000000", "42", 10.0)]
    [InlineData("20000000", "41", null)]
    [InlineData(null, null, null)]
    [InlineData("soon", null, null)]
    public void The_watchdog_is_fed_twice_a_period(string? microseconds, string? pid, double? seconds) =>
        Assert.Equal(seconds, WatchdogInterval.Parse(microseconds, pid, 42)?.TotalSeconds);
}
