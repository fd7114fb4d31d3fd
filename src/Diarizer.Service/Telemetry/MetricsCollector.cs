using Diarizer.Service.Hosting;
using Diarizer.Service.Options;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace Diarizer.Service.Telemetry;

/// <summary>Adds up what the daemon and the .NET runtime measure, hands it to whoever scrapes, and sends it to an OpenTelemetry collector where one is configured.</summary>
public sealed class MetricsCollector : IDisposable
{
    private const string RuntimeMeter = "System.Runtime";
    private const string HttpPath = "v1/metrics";
    private const int FarewellMs = 500;

    private readonly ScrapeExporter _scraped = new();
    private readonly MeterProvider _provider;

    /// <param name="options">Where to send measurements.</param>
    /// <param name="node">Name of the node: tells daemons apart at the collector.</param>
    /// <param name="loggers">Where to tell when sending fails.</param>
    public MetricsCollector(MetricsOptions options, string node, ILoggerFactory loggers)
    {
        ArgumentNullException.ThrowIfNull(options);
        var builder = Sdk.CreateMeterProviderBuilder()
            .ConfigureResource(resource => resource.Clear().AddService("diarizer", serviceVersion: ProductVersion.Current, serviceInstanceId: node))
            .AddMeter(DaemonMetrics.MeterName, RuntimeMeter)
            .AddReader(new BaseExportingMetricReader(_scraped));
        if (!string.IsNullOrEmpty(options.OtlpEndpoint))
        {
            var exporter = new WatchedOtlpExporter(ExporterOptions(options), options.OtlpEndpoint, loggers.CreateLogger<MetricsCollector>());
            builder.AddReader(new PeriodicExportingMetricReader(exporter, (int)options.OtlpInterval.TotalMilliseconds));
        }

        _provider = builder.Build();
    }

    /// <summary>Everything measured so far, in Prometheus' text format 0.0.4.</summary>
    public string Scrape() => _scraped.Scrape();

    /// <summary>Sends what was not sent yet, for half a second at most, and ends.</summary>
    public void Dispose()
    {
        _provider.Shutdown(FarewellMs);
        _provider.Dispose();
        _scraped.Dispose();
    }

    private static OtlpExporterOptions ExporterOptions(MetricsOptions options)
    {
        var endpoint = new Uri(options.OtlpEndpoint!);
        var overHttp = options.OtlpProtocol == OtlpProtocol.Http;
        return new OtlpExporterOptions
        {
            Protocol = overHttp ? OtlpExportProtocol.HttpProtobuf : OtlpExportProtocol.Grpc,
            // A bare address means the usual path.
            Endpoint = overHttp && endpoint.AbsolutePath == "/" ? new Uri(endpoint, HttpPath) : endpoint,
        };
    }
}
