using Diarizer.Mqtt;
using Diarizer.Mqtt.Contract;
using Diarizer.Mqtt.Publishing;
using Diarizer.Service.Control;
using Diarizer.Service.Health;
using Diarizer.Service.Identity;
using Diarizer.Service.Streams;

namespace Diarizer.Service.Hosting;

/// <summary>Measures how the node is doing, publishes it every <see cref="Interval"/>, and tells of overload and a stepped clock.</summary>
public sealed class HealthReporter
{
    /// <summary>Time from one report to the next.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LeastStep = TimeSpan.FromSeconds(1);

    private readonly MqttPublisher _publisher;
    private readonly StreamDirectory _streams;
    private readonly EnrolledPeople _people;
    private readonly TimeProvider _time;
    private readonly long _started;
    private readonly ClockStep _clock;
    private readonly Dictionary<string, long> _dropped = [];
    private readonly Lock _gate = new();
    private List<string> _overloaded = [];
    private string? _lasting;

    /// <param name="publisher">Takes the reports.</param>
    /// <param name="streams">What is measured.</param>
    /// <param name="people">Who may be recognised.</param>
    /// <param name="time">Clock.</param>
    public HealthReporter(MqttPublisher publisher, StreamDirectory streams, EnrolledPeople people, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        (_publisher, _streams, _people, _time, _started) = (publisher, streams, people, time, time.GetTimestamp());
        _clock = new ClockStep(LeastStep, time);
    }

    /// <summary>Reports until cancelled.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        Report();
        using var timer = new PeriodicTimer(Tick, _time);
        try
        {
            for (var ticks = 1; await timer.WaitForNextTickAsync(stop); ticks++)
            {
                LookAtClock();
                if (ticks % (Interval.Ticks / Tick.Ticks) != 0)
                    continue;
                LookForDrops();
                Report();
            }
        }
        catch (OperationCanceledException)
        {
            // Told to stop.
        }
    }

    /// <summary>From now on reports say this, too: something that will not work until the next start.</summary>
    public void Lament(string sentence) => _lasting = sentence;

    /// <summary>Publishes a report.</summary>
    /// <returns>The report.</returns>
    public HealthMessage Report()
    {
        var report = Measure();
        _publisher.Publish(Messages.Health(_publisher.Topics, report));
        return report;
    }

    /// <summary>What does not work as it should, one sentence each.</summary>
    public IReadOnlyList<string> Degraded()
    {
        lock (_gate)
            return [.. Degraded(_streams.All)];
    }

    /// <summary>How the node is doing at this moment.</summary>
    public HealthMessage Measure()
    {
        var streams = _streams.All;
        var statistics = streams.Select(s => s.Statistics).ToList();
        lock (_gate)
        {
            return new HealthMessage
            {
                Uptime = (long)_time.GetElapsedTime(_started).TotalSeconds,
                // The stream that has the hardest time decides: it falls behind first.
                Rtf = Math.Round(streams.Select(s => s.Meter.RealTimeFactor).DefaultIfEmpty().Max(), 4),
                LagP95Ms = Math.Round(Quantile.Of(streams.SelectMany(s => s.Meter.Lags()), 0.95), 1),
                Xruns = statistics.Sum(s => s.Overruns),
                Gaps = statistics.Sum(s => s.Gaps),
                OutboxDepth = _publisher.Counters.QueueDepth,
                Rss = Environment.WorkingSet,
                Degraded = [.. Degraded(streams)],
            };
        }
    }

    private IEnumerable<string> Degraded(IReadOnlyList<StreamWorker> streams)
    {
        if (_lasting is { } lasting)
            yield return lasting;
        if (_publisher.OutboxTrouble is { } trouble)
            yield return $"outbox: {trouble}";
        if (_publisher.Counters.Dropped is > 0 and var dropped)
            yield return $"outbox: {dropped} events were dropped since the start";
        foreach (var stream in streams.Where(s => s.Monitor.IsDown))
            yield return $"{stream.Stream}: the device is gone";
        foreach (var sentence in _people.Degraded)
            yield return sentence;
        foreach (var name in _overloaded)
            yield return $"{name}: processing does not keep up, audio is dropped";
    }

    private void LookForDrops()
    {
        List<string> overloaded = [];
        foreach (var stream in _streams.All)
        {
            var dropped = stream.Statistics.DroppedSamples;
            var before = _dropped.GetValueOrDefault(stream.Stream);
            _dropped[stream.Stream] = dropped;
            if (dropped == before)
                continue;
            overloaded.Add(stream.Stream);
            stream.Monitor.Overloaded(dropped - before);
        }
        lock (_gate)
            _overloaded = overloaded;
    }

    private void LookAtClock()
    {
        if (_clock.Next() is not { } step)
            return;
        _publisher.Publish(Messages.Event(_publisher.Topics, new EventMessage
        {
            EventType = NodeEventType.ClockStep,
            At = _time.GetUtcNow(),
            Message = $"The system's clock was stepped by {step.TotalSeconds:0.###} s; sessions that run keep the time that they began with.",
            LengthMs = (long)step.TotalMilliseconds,
        }));
    }
}
