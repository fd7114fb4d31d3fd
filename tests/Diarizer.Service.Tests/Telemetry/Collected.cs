using System.Diagnostics.Metrics;
using Diarizer.Service.Control;
using Diarizer.Service.Telemetry;
using Microsoft.Extensions.DependencyInjection;

namespace Diarizer.Service.Tests.Telemetry;

/// <summary>A daemon's metrics and what a listener hears of them.</summary>
internal sealed class Collected : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly MeterListener _listener = new();
    private readonly List<(string Name, string Tags, double Value)> _all = [];
    private readonly Lock _gate = new();

    public Collected(TimeProvider time)
    {
        var meters = _services.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Scope == meters)
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.Start();
        Metrics = new DaemonMetrics(meters, Streams, time);
    }

    public StreamDirectory Streams { get; } = new();

    public DaemonMetrics Metrics { get; }

    /// <summary>The measurements of one instrument since the last call, observed ones taken now.</summary>
    public IReadOnlyList<(string Tags, double Value)> Take(string name)
    {
        _listener.RecordObservableInstruments();
        lock (_gate)
        {
            List<(string, double)> taken = [.. _all.Where(m => m.Name == name).Select(m => (m.Tags, m.Value))];
            _all.RemoveAll(m => m.Name == name);
            return taken;
        }
    }

    public void Dispose()
    {
        _listener.Dispose();
        _services.Dispose();
    }

    private void Take(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var text = string.Join(",", tags.ToArray().Select(t => $"{t.Key}={t.Value}"));
        lock (_gate)
            _all.Add((instrument.Name, text, value));
    }
}
