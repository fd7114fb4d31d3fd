using System.Diagnostics.Metrics;

namespace Diarizer.Service.Telemetry;

/// <summary>The work of the embedding network; all streams share it.</summary>
public sealed class EmbeddingMetrics
{
    private static readonly InstrumentAdvice<double> CallBuckets = new() { HistogramBucketBoundaries = [0.002, 0.005, 0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.2, 0.5, 1] };
    private static readonly InstrumentAdvice<int> BatchBuckets = new() { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512] };

    private readonly Counter<long> _embeddings;
    private readonly Histogram<int> _batch;
    private readonly Histogram<double> _call;
    private Func<int>? _waiting;

    /// <param name="meter">Gets the instruments.</param>
    public EmbeddingMetrics(Meter meter)
    {
        ArgumentNullException.ThrowIfNull(meter);
        _embeddings = meter.CreateCounter<long>("diarizer.embeddings", "{embedding}", "Speaker embeddings computed; its rate is embeddings a second.");
        _batch = meter.CreateHistogram("diarizer.embedding.batch", "{window}", "Windows in one call of the network.", advice: BatchBuckets);
        _call = meter.CreateHistogram("diarizer.embedding.time", "s", "Time of one call of the network.", advice: CallBuckets);
        meter.CreateObservableGauge("diarizer.embedding.queue", ReadQueue, "{window}", "Windows that wait for the network.");
    }

    /// <summary>The network was called.</summary>
    /// <param name="windows">How many windows it embedded.</param>
    /// <param name="took">How long it took.</param>
    public void Add(int windows, TimeSpan took)
    {
        _embeddings.Add(windows);
        _batch.Record(windows);
        _call.Record(took.TotalSeconds);
    }

    /// <summary>Asks <paramref name="waiting"/> how many windows wait, whenever somebody collects.</summary>
    public void Follow(Func<int> waiting) => _waiting = waiting;

    private IEnumerable<Measurement<int>> ReadQueue() => _waiting is { } read ? [new(read())] : [];
}
