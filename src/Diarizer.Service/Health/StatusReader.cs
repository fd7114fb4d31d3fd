using Diarizer.Audio;
using Diarizer.Service.Control;
using Diarizer.Service.Hosting;
using Diarizer.Service.Options;
using Diarizer.Service.Streams;

namespace Diarizer.Service.Health;

/// <summary>Looks at every part of the running daemon.</summary>
/// <param name="options">What was configured.</param>
/// <param name="bootId">The run of the daemon.</param>
/// <param name="onGpu">Where the networks run.</param>
/// <param name="broker">The way to subscribers.</param>
/// <param name="streams">The rooms.</param>
/// <param name="health">Knows what does not work.</param>
public sealed class StatusReader(DiarizerOptions options, string bootId, bool onGpu, BrokerLink broker, StreamDirectory streams, HealthReporter health)
{
    /// <summary>How everything is doing now.</summary>
    public NodeStatus Read()
    {
        var report = health.Measure();
        IReadOnlyList<string> degraded = [.. report.Degraded, .. Away()];
        IReadOnlyList<RoomStatus> rooms = [.. streams.All.Select(Of)];
        var listening = streams.All.Count(s => s.Monitor.IsRunning);
        return new NodeStatus
        {
            State = listening == 0 ? NodeState.NotReady : degraded.Count > 0 || listening < options.Streams.Count ? NodeState.Degraded : NodeState.Ready,
            Version = ProductVersion.Current,
            Node = broker.Options.Node,
            BootId = bootId,
            UptimeS = report.Uptime,
            Device = onGpu ? "cuda" : "cpu",
            Rss = report.Rss,
            Streams = rooms,
            Broker = new BrokerStatus
            {
                Address = $"{broker.Options.Host}:{broker.Options.BrokerPort}",
                IsOwn = broker.IsEmbedded,
                IsConnected = broker.Publisher.IsConnected,
                OutboxDepth = report.OutboxDepth,
                Dropped = broker.Publisher.Counters.Dropped,
            },
            Degraded = degraded,
        };
    }

    private IEnumerable<string> Away()
    {
        if (!broker.Publisher.IsConnected)
            yield return $"broker: not connected to {broker.Options.Host}:{broker.Options.BrokerPort}; events wait";
        foreach (var ended in streams.All.Where(s => !s.Monitor.IsRunning))
            yield return $"{ended.Stream}: has ended";
    }

    private static RoomStatus Of(StreamWorker stream)
    {
        var statistics = stream.Statistics;
        return new RoomStatus
        {
            Name = stream.Stream,
            Status = stream.Monitor.Status.ToString().ToLowerInvariant(),
            Rtf = Math.Round(stream.Meter.RealTimeFactor, 4),
            LagP95Ms = Math.Round(Quantile.Of(stream.Meter.Lags(), 0.95), 1),
            AudioS = Math.Round(SampleClock.ToSeconds(statistics.Samples), 1),
            Gaps = statistics.Gaps,
            LostS = Math.Round(SampleClock.ToSeconds(statistics.LostSamples + statistics.DroppedSamples), 3),
            Overruns = statistics.Overruns,
            IdleS = Math.Round(stream.Idle.TotalSeconds, 1),
        };
    }
}
