using System.Diagnostics.Metrics;
using Diarizer.Service.Control;
using Diarizer.Service.Hosting;

namespace Diarizer.Service.Telemetry;

/// <summary>
/// Everything that the daemon measures about itself: one meter, whose instruments stand in groups by what they watch. Units are those of UCUM. Nothing is
/// measured twice: where a part counts anyway, its count is read when somebody collects; only times and sizes are recorded as they happen.
/// </summary>
/// <remarks>docs/operating.md lists all instruments.</remarks>
public sealed class DaemonMetrics
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "Diarizer";

    /// <summary>The tag that tells streams apart.</summary>
    internal const string StreamTag = "stream";

    /// <param name="meters">Owns the meter.</param>
    /// <param name="streams">The running streams.</param>
    /// <param name="time">Clock.</param>
    public DaemonMetrics(IMeterFactory meters, StreamDirectory streams, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(meters);
        ArgumentNullException.ThrowIfNull(time);
        var meter = meters.Create(new MeterOptions(MeterName) { Version = ProductVersion.Current });
        Events = new EventMetrics(meter);
        Embedding = new EmbeddingMetrics(meter);
        Publishing = new PublishMetrics(meter);
        StreamMetrics.Observe(meter, streams);
        var started = time.GetTimestamp();
        meter.CreateObservableGauge("diarizer.uptime", () => time.GetElapsedTime(started).TotalSeconds, "s", "Time since the start.");
    }

    /// <summary>What the streams tell.</summary>
    public EventMetrics Events { get; }

    /// <summary>The work of the embedding network.</summary>
    public EmbeddingMetrics Embedding { get; }

    /// <summary>The way to the broker.</summary>
    public PublishMetrics Publishing { get; }
}
