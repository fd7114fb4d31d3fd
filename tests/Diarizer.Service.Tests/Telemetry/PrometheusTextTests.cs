using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text.Json;
using Diarizer.Service.Control;
using Diarizer.Service.Options;
using Diarizer.Service.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Diarizer.Service.Tests.Telemetry;

/// <summary>The text for Prometheus, read by Prometheus' own client library for Python.</summary>
[Collection(MeterCollection.Name)]
public sealed class PrometheusTextTests : IDisposable
{
    private const string Python = "/usr/bin/python3";

    private const string Reader = """
        import json, sys
        from prometheus_client.parser import text_string_to_metric_families as parse
        print(json.dumps([[s.name, s.labels, str(s.value), f.type, f.documentation] for f in parse(sys.stdin.read()) for s in f.samples]))
        """;

    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly MetricsCollector _collector = new(new MetricsOptions(), "hall", NullLoggerFactory.Instance);
    private readonly Meter _meter;

    public PrometheusTextTests() => _meter = _services.GetRequiredService<IMeterFactory>().Create(DaemonMetrics.MeterName);

    [Theory]
    [InlineData("diarizer.processing.time", "s", "counter", "diarizer_processing_time_seconds_total")]
    [InlineData("diarizer.lag", "s", "histogram", "diarizer_lag_seconds")]
    [InlineData("diarizer.turns", "{turn}", "counter", "diarizer_turns_total")]
    [InlineData("diarizer.processing.realtime_factor", "1", "gauge", "diarizer_processing_realtime_factor_ratio")]
    [InlineData("dotnet.process.memory.working_set", "By", "gauge", "dotnet_process_memory_working_set_bytes")]
    [InlineData("x.seconds", "s", "gauge", "x_seconds")]
    public void Names_follow_the_rules_of_OpenTelemetry(string name, string unit, string kind, string expected) => Assert.Equal(expected, PrometheusText.NameOf(name, unit, kind));

    [Fact]
    public void A_real_parser_reads_every_kind_of_metric()
    {
        var histogram = _meter.CreateHistogram("test.wait", "s", "Waits.", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 0.5] });
        foreach (var seconds in new[] { 0.05, 0.1, 0.3, 7.25 })
            histogram.Record(seconds, new KeyValuePair<string, object?>("stream", "a"));
        _meter.CreateCounter<long>("test.turns", "{turn}", "Turns\nof \\ talk.").Add(3, new KeyValuePair<string, object?>("stream", "a \"b\"\\\n"));
        _meter.CreateObservableGauge("test.queue", () => 1.5e-7, "s", "Queue.");
        _meter.CreateObservableGauge("test.nothing", () => Array.Empty<Measurement<int>>(), "s", "Never measured.");

        var samples = Read(_collector.Scrape());
        Assert.Equal("2.0", Value("test_wait_seconds_bucket", ("stream", "a"), ("le", "0.1")));
        Assert.Equal("3.0", Value("test_wait_seconds_bucket", ("stream", "a"), ("le", "0.5")));
        Assert.Equal("4.0", Value("test_wait_seconds_bucket", ("stream", "a"), ("le", "+Inf")));
        Assert.Equal("4.0", Value("test_wait_seconds_count", ("stream", "a")));
        Assert.Equal("7.7", Value("test_wait_seconds_sum", ("stream", "a")));
        Assert.Equal("3.0", Value("test_turns_total", ("stream", "a \"b\"\\\n")));
        Assert.Equal("1.5e-07", Value("test_queue_seconds"));
        Assert.Equal(["counter", "Turns\nof \\ talk."], samples.Single(s => s.Name == "test_turns_total").Described);
        Assert.DoesNotContain(samples, s => s.Name.Contains("nothing", StringComparison.Ordinal));

        string Value(string name, params (string, string)[] labels) =>
            samples.Single(s => s.Name == name && s.Labels.OrderBy(l => l.Key, StringComparer.Ordinal).Select(l => (l.Key, l.Value)).SequenceEqual(labels.OrderBy(l => l.Item1, StringComparer.Ordinal))).Value;
    }

    [Fact]
    public void Everything_that_the_daemon_and_the_runtime_measure_can_be_read()
    {
        _ = new DaemonMetrics(_services.GetRequiredService<IMeterFactory>(), new StreamDirectory(), TimeProvider.System);
        var samples = Read(_collector.Scrape());
        Assert.Contains(samples, s => s.Name == "diarizer_uptime_seconds");
        Assert.Contains(samples, s => s.Name.StartsWith("dotnet_process_memory", StringComparison.Ordinal));
        Assert.Equal(samples.Count, samples.Select(s => s.Name + JsonSerializer.Serialize(s.Labels)).Distinct().Count());
    }

    public void Dispose()
    {
        _collector.Dispose();
        _services.Dispose();
    }

    private static List<(string Name, Dictionary<string, string> Labels, string Value, string[] Described)> Read(string text)
    {
        Assert.SkipUnless(Run("import prometheus_client", "") is not null, "python3-prometheus-client is not installed");
        var output = Run(Reader, text) ?? throw new InvalidDataException($"Prometheus' client cannot read this:\n{text}");
        return [.. JsonElement.Parse(output).EnumerateArray().Select(s =>
            (s[0].GetString()!, s[1].Deserialize<Dictionary<string, string>>()!, s[2].GetString()!, new[] { s[3].GetString()!, s[4].GetString()! }))];
    }

    private static string? Run(string program, string input)
    {
        if (!File.Exists(Python))
            return null;
        using var python = Process.Start(new ProcessStartInfo(Python, ["-c", program]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = python.StandardError.ReadToEndAsync();
        var output = python.StandardOutput.ReadToEndAsync();
        python.StandardInput.Write(input);
        python.StandardInput.Close();
        python.WaitForExit();
        return python.ExitCode == 0 ? output.Result : null;
    }
}
