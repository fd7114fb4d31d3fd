using Diarizer.Audio;
using Diarizer.Mqtt.Contract;
using Diarizer.Service.Control;
using Diarizer.Service.Hosting;
using Diarizer.Service.Identity;
using Diarizer.Service.Streams;

namespace Diarizer.Service.Web.Live;

/// <summary>What is true now, for pages that come late or missed something.</summary>
/// <param name="node">Name of the node.</param>
/// <param name="bootId">The run of the daemon.</param>
/// <param name="commands">Whether pages may change anything.</param>
/// <param name="names">Names of the streams, as configured.</param>
/// <param name="streams">The streams that run.</param>
/// <param name="history">Who spoke when.</param>
/// <param name="broker">The broker.</param>
/// <param name="health">How the node is doing.</param>
/// <param name="people">Who is enrolled.</param>
internal sealed class PageState(
    string node,
    string bootId,
    bool commands,
    IReadOnlyList<string> names,
    StreamDirectory streams,
    TurnHistory history,
    BrokerLink broker,
    HealthReporter health,
    EnrolledPeople people)
{
    public PageSnapshot Snapshot() => new(node, ProductVersion.Current, bootId, commands, people.WhyOff, Node(), [.. names.Select(Stream)]);

    public PageNode Node() => new(
        $"{broker.Options.Host}:{broker.Options.BrokerPort}", broker.Publisher.IsConnected, broker.IsEmbedded, broker.Publisher.Counters.QueueDepth, health.Degraded());

    /// <summary>How loud it is in each room, since the last call.</summary>
    public IReadOnlyList<MeterNews> Meters() => [.. streams.All.Select(Meter)];

    private PageStream Stream(string name)
    {
        var worker = streams.All.FirstOrDefault(s => s.Stream == name);
        var session = history.Latest(name) is { } record ? PageMapper.Session(record) : null;
        return new(name, worker?.Monitor.Status ?? StreamStatus.Offline, worker is null ? 0 : Milliseconds(worker), session);
    }

    private static MeterNews Meter(StreamWorker worker)
    {
        var (peak, level) = worker.Meter.TakeLevel() ?? (0, 0);
        return new(worker.Stream, Decibels(peak), Decibels(level), Milliseconds(worker), Math.Round(worker.Meter.LastLag));
    }

    private static long Milliseconds(StreamWorker worker) => SampleClock.ToMilliseconds(worker.Meter.Position);

    private static double Decibels(double magnitude) => magnitude <= 1e-5 ? -100 : Math.Round(20 * Math.Log10(magnitude), 1);
}
