using Diarizer.Service.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Diarizer.Service.Systemd;

/// <summary>Feeds systemd's watchdog while the pipeline moves; a stuck stream starves it, and systemd restarts the daemon.</summary>
public sealed class WatchdogService(SystemdNotifier notifier, ProgressWatch progress, TimeSpan interval, TimeProvider time, ILogger<WatchdogService> log) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var stuck = progress.FindStuck();
            if (stuck.Count == 0)
                notifier.Watchdog();
            else
                log.StreamsStuck(string.Join(", ", stuck));
        }
    }
}
