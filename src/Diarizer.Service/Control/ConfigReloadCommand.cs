using Diarizer.Mqtt.Commands;
using Diarizer.Service.Options;

namespace Diarizer.Service.Control;

/// <summary><c>config/reload</c>: reads the configuration again; one with faults changes nothing and is answered with all of them.</summary>
public sealed class ConfigReloadCommand(LiveOptions options)
    : Command<EmptyRequest, ReloadResult>("config/reload", ControlJson.Default.EmptyRequest, ControlJson.Default.ReloadResult)
{
    /// <inheritdoc/>
    protected override Task<ReloadResult> ExecuteAsync(EmptyRequest data, CancellationToken cancellationToken)
    {
        var (applied, restartNeeded) = options.Reload();
        return Task.FromResult(new ReloadResult(applied, restartNeeded));
    }
}
