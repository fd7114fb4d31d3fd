using System.Text;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Diarizer.Service.Telemetry;

/// <summary>Collects when asked and keeps the text of what was collected.</summary>
[ExportModes(ExportModes.Pull)]
internal sealed class ScrapeExporter : BaseExporter<Metric>, IPullMetricExporter
{
    private const int PatienceMs = 5000;

    private readonly Lock _gate = new();
    private readonly StringBuilder _text = new();

    /// <summary>Set by the reader: collects and calls <see cref="Export"/>.</summary>
    public Func<int, bool>? Collect { get; set; }

    public string Scrape()
    {
        lock (_gate)
        {
            _text.Clear();
            Collect?.Invoke(PatienceMs);
            return _text.ToString();
        }
    }

    public override ExportResult Export(in Batch<Metric> metrics)
    {
        foreach (var metric in metrics)
            PrometheusText.Append(_text, metric);
        return ExportResult.Success;
    }
}
