using Diarizer.Service.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;

namespace Diarizer.Service.Telemetry;

/// <summary>Sends to a collector; tells once when that begins to fail and once when it works again, where the library itself is silent.</summary>
internal sealed class WatchedOtlpExporter(OtlpExporterOptions options, string endpoint, ILogger log) : OtlpMetricExporter(options)
{
    private bool _failed;

    public override ExportResult Export(in Batch<Metric> metrics)
    {
        var result = base.Export(metrics);
        var failed = result != ExportResult.Success;
        if (failed && !_failed)
            log.MetricsNotSent(endpoint);
        else if (!failed && _failed)
            log.MetricsSentAgain(endpoint);
        _failed = failed;
        return result;
    }
}
