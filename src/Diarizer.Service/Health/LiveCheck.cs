using Diarizer.Service.Control;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Diarizer.Service.Health;

/// <summary>
/// Live: every running stream processed something in the last half minute. The same question as that of systemd's watchdog: a device that is away counts as progress, since
/// a restart would not bring it back.
/// </summary>
internal sealed class LiveCheck(StreamDirectory streams) : IHealthCheck
{
    public static readonly TimeSpan LongestIdle = TimeSpan.FromSeconds(30);

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(streams.All.Any(s => s.Monitor.IsRunning && s.Idle > LongestIdle) ? HealthCheckResult.Unhealthy() : HealthCheckResult.Healthy());
}
