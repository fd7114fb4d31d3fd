using Diarizer.Service.Hosting;
using Diarizer.Service.Systemd;
using Microsoft.Extensions.Logging.Abstractions;

namespace Diarizer.Service.Tests.Systemd;

public class WatchdogServiceTests
{
    [Fact]
    public async Task A_stream_that_stands_still_starves_the_watchdog()
    {
        using var systemd = new DatagramListener(isAbstract: true);
        using var notifier = new SystemdNotifier(systemd.Address);
        var (moves, position) = (true, 0L);
        var progress = new ProgressWatch();
        progress.Join("room", () => Volatile.Read(ref moves) ? ++position : position);
        using var watchdog = new WatchdogService(notifier, progress, TimeSpan.FromMilliseconds(50), TimeProvider.System, NullLogger<WatchdogService>.Instance);
        await watchdog.StartAsync(TestContext.Current.CancellationToken);
        Assert.Equal("WATCHDOG=1", systemd.Receive());

        Volatile.Write(ref moves, false);
        await Task.Delay(300, TestContext.Current.CancellationToken);
        systemd.Drain();
        await Task.Delay(500, TestContext.Current.CancellationToken);
        Assert.Equal(0, systemd.Drain());

        Volatile.Write(ref moves, true);
        Assert.Equal("WATCHDOG=1", systemd.Receive());
        await watchdog.StopAsync(TestContext.Current.CancellationToken);
    }
}
