using System.Globalization;
using System.Text;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Diarizer.Service.Telemetry;

/// <summary>
/// Writes metrics in Prometheus' text format 0.0.4 (prometheus.io/docs/instrumenting/exposition_formats). Names follow OpenTelemetry's rules for Prometheus:
/// dots become underscores, then the unit is added, then <c>_total</c> for a counter.
/// </summary>
internal static class PrometheusText
{
    public static void Append(StringBuilder text, Metric metric)
    {
        var kind = KindOf(metric.MetricType);
        var name = NameOf(metric.Name, metric.Unit, kind);
        var isDescribed = false;
        foreach (ref readonly var point in metric.GetMetricPoints())
        {
            if (!isDescribed)
                text.Append($"# HELP {name} {EscapeHelp(metric.Description)}\n# TYPE {name} {kind}\n");
            isDescribed = true;
            if (metric.MetricType == MetricType.Histogram)
                AppendHistogram(text, name, point);
            else
                AppendSample(text, name, LabelsOf(point.Tags), ValueOf(metric.MetricType, point));
        }
    }

    /// <summary>The name of a metric in Prometheus.</summary>
    /// <param name="name">Its dotted name.</param>
    /// <param name="unit">Its unit (UCUM).</param>
    /// <param name="kind"><c>counter</c>, <c>gauge</c> or <c>histogram</c>.</param>
    public static string NameOf(string name, string unit, string kind)
    {
        var result = Plain(name);
        var suffix = unit switch
        {
            "s" => "_seconds",
            "By" => "_bytes",
            "1" when kind == "gauge" => "_ratio",
            _ => "",
        };
        if (!result.EndsWith(suffix, StringComparison.Ordinal))
            result += suffix;
        return kind == "counter" ? result + "_total" : result;
    }

    private static string KindOf(MetricType type) => type switch
    {
        MetricType.LongSum or MetricType.DoubleSum => "counter",
        MetricType.Histogram => "histogram",
        _ => "gauge",
    };

    private static double ValueOf(MetricType type, in MetricPoint point) => type switch
    {
        MetricType.LongSum or MetricType.LongSumNonMonotonic => point.GetSumLong(),
        MetricType.DoubleSum or MetricType.DoubleSumNonMonotonic => point.GetSumDouble(),
        MetricType.LongGauge => point.GetGaugeLastValueLong(),
        _ => point.GetGaugeLastValueDouble(),
    };

    private static void AppendHistogram(StringBuilder text, string name, in MetricPoint point)
    {
        var labels = LabelsOf(point.Tags);
        var before = labels.Length > 0 ? labels + "," : "";
        long count = 0;
        foreach (var bucket in point.GetHistogramBuckets())
        {
            count += bucket.BucketCount;
            AppendSample(text, name + "_bucket", $"{before}le=\"{Number(bucket.ExplicitBound)}\"", count);
        }

        AppendSample(text, name + "_sum", labels, point.GetHistogramSum());
        AppendSample(text, name + "_count", labels, count);
    }

    private static void AppendSample(StringBuilder text, string name, string labels, double value)
    {
        text.Append(name);
        if (labels.Length > 0)
            text.Append('{').Append(labels).Append('}');
        text.Append(' ').Append(Number(value)).Append('\n');
    }

    private static string LabelsOf(ReadOnlyTagCollection tags)
    {
        List<string> labels = [];
        foreach (var tag in tags)
            labels.Add($"{Plain(tag.Key)}=\"{EscapeLabel(Convert.ToString(tag.Value, CultureInfo.InvariantCulture) ?? "")}\"");
        return string.Join(',', labels);
    }

    private static string Number(double value) =>
        double.IsPositiveInfinity(value) ? "+Inf" : double.IsNegativeInfinity(value) ? "-Inf" : value.ToString("R", CultureInfo.InvariantCulture);

    private static string Plain(string name) => string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'));

    private static string EscapeHelp(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private static string EscapeLabel(string text) => EscapeHelp(text).Replace("\"", "\\\"", StringComparison.Ordinal);
}
