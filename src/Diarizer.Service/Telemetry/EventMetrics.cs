using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Diarizer.Mqtt.Contract;
using Diarizer.Service.Publishing;
using Diarizer.Service.Streams;
using Diarizer.Streaming.Events;
using Diarizer.Streaming.Speakers;

namespace Diarizer.Service.Telemetry;

/// <summary>Counts what the streams tell and measures how late they tell it.</summary>
public sealed class EventMetrics : IEventSink
{
    private static readonly InstrumentAdvice<double> LagBuckets = new() { HistogramBucketBoundaries = [0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.5, 0.75, 1, 1.5, 2, 3, 5, 10] };

    private readonly ConcurrentDictionary<string, int> _speakers = new();
    private readonly Histogram<double> _lag;
    private readonly Counter<long> _turns;
    private readonly Counter<long> _revisions;

    /// <param name="meter">Gets the instruments.</param>
    public EventMetrics(Meter meter)
    {
        ArgumentNullException.ThrowIfNull(meter);
        _lag = meter.CreateHistogram("diarizer.lag", "s", "Time from the capture of the audio that decided an event to the event.", advice: LagBuckets);
        _turns = meter.CreateCounter<long>("diarizer.turns", "{turn}", "Turns that ended.");
        _revisions = meter.CreateCounter<long>("diarizer.revisions", "{revision}", "Corrections of turns that had been told.");
        meter.CreateObservableGauge("diarizer.speakers", ReadSpeakers, "{speaker}", "Speakers heard in the running session; 0 without one.");
    }

    /// <inheritdoc/>
    public void SessionStarted(StreamSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        _speakers[session.Stream] = 0;
    }

    /// <inheritdoc/>
    public void Publish(StreamEvent e)
    {
        var stream = new KeyValuePair<string, object?>(DaemonMetrics.StreamTag, e.Session.Stream);
        _lag.Record(e.Processing.TotalSeconds, stream);
        if (e.Event is TurnChanged { Kind: TurnEventKind.Ended })
            _turns.Add(1, stream);
        else if (e.Event is TurnChanged { Kind: TurnEventKind.Revised })
            _revisions.Add(1, stream);
    }

    /// <inheritdoc/>
    public void SpeakersChanged(StreamSession session, IReadOnlyList<SpeakerSummary> speakers)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(speakers);
        _speakers[session.Stream] = speakers.Count;
    }

    /// <inheritdoc/>
    public void SessionEnded(StreamSession session, StreamSummary summary)
    {
        ArgumentNullException.ThrowIfNull(session);
        _speakers[session.Stream] = 0;
    }

    private IEnumerable<Measurement<long>> ReadSpeakers() =>
        _speakers.Select(s => new Measurement<long>(s.Value, new KeyValuePair<string, object?>(DaemonMetrics.StreamTag, s.Key)));
}
