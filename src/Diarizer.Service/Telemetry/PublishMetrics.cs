using System.Diagnostics.Metrics;
using Diarizer.Mqtt.Publishing;

namespace Diarizer.Service.Telemetry;

/// <summary>How events reach the broker.</summary>
public sealed class PublishMetrics
{
    private static readonly InstrumentAdvice<double> LatencyBuckets =
        new() { HistogramBucketBoundaries = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 5, 30, 300, 3600] };

    private readonly Histogram<double> _latency;
    private MqttPublisher? _publisher;

    /// <param name="meter">Gets the instruments.</param>
    public PublishMetrics(Meter meter)
    {
        ArgumentNullException.ThrowIfNull(meter);
        _latency = meter.CreateHistogram(
            "diarizer.publish.latency", "s", "Time from an event to the broker's acknowledgement; replayed events were kept while the broker was away.", advice: LatencyBuckets);
        Counter("diarizer.publish.acknowledged", "{message}", "Messages that the broker has acknowledged.", c => c.Acknowledged);
        Counter("diarizer.publish.rejected", "{message}", "Messages that the broker refused.", c => c.Rejected);
        Counter("diarizer.publish.coalesced", "{message}", "States replaced by newer ones before they were sent.", c => c.Coalesced);
        Counter("diarizer.outbox.dropped", "{event}", "Events dropped because too many or too old ones waited.", c => c.Dropped);
        Gauge("diarizer.outbox.depth", "{event}", "Events that the broker has not acknowledged yet.", p => p.Counters.QueueDepth);
        Gauge("diarizer.outbox.up", "{outbox}", "1 while the outbox is on disk as configured, 0 while memory stands in for it.", p => p.OutboxTrouble is null ? 1 : 0);
        Counter("diarizer.broker.connects", "{connection}", "Connections made to the broker.", c => c.Connects);
        Counter("diarizer.broker.failures", "{attempt}", "Attempts to connect that failed.", c => c.FailedConnects);
        Gauge("diarizer.broker.up", "{broker}", "1 while connected to the broker.", p => p.IsConnected ? 1 : 0);

        void Counter(string name, string unit, string description, Func<PublisherCounters, long> read) => meter.CreateObservableCounter(name, () => Read(p => read(p.Counters)), unit, description);
        void Gauge(string name, string unit, string description, Func<MqttPublisher, long> read) => meter.CreateObservableGauge(name, () => Read(read), unit, description);
    }

    /// <summary>Watches <paramref name="publisher"/> from now on.</summary>
    public void Follow(MqttPublisher publisher)
    {
        ArgumentNullException.ThrowIfNull(publisher);
        _publisher = publisher;
        publisher.EventDelivered += (_, delivery) => _latency.Record(delivery.Took.TotalSeconds, new KeyValuePair<string, object?>("replayed", delivery.Replayed ? "true" : "false"));
    }

    private IEnumerable<Measurement<long>> Read(Func<MqttPublisher, long> read) => _publisher is { } publisher ? [new(read(publisher))] : [];
}
