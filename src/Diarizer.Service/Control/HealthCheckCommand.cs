using Diarizer.Mqtt.Commands;
using Diarizer.Mqtt.Contract;
using Diarizer.Service.Hosting;

namespace Diarizer.Service.Control;

/// <summary><c>health_check</c>: how the node is doing at this moment; published on <c>health</c>, too.</summary>
public sealed class HealthCheckCommand(HealthReporter health)
    : Command<EmptyRequest, HealthMessage>("health_check", ControlJson.Default.EmptyRequest, ControlJson.Default.HealthMessage)
{
    /// <inheritdoc/>
    protected override Task<HealthMessage> ExecuteAsync(EmptyRequest data, CancellationToken cancellationToken) => Task.FromResult(health.Report());
}
