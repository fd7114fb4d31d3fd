using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Diarizer.Service.Health;

/// <summary>Ready: models are loaded and at least one room is listened to. A broker or a device that is away degrades: events are kept, and the device is tried again.</summary>
internal sealed class ReadyCheck(StatusSource source) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(source.Read()?.State switch
    {
        NodeState.Ready => HealthCheckResult.Healthy(),
        NodeState.Degraded => HealthCheckResult.Degraded(),
        _ => HealthCheckResult.Unhealthy(),
    });
}
