using Diarizer.Service.Control;
using Diarizer.Service.Hosting;
using Diarizer.Service.Identity;
using Diarizer.Service.Options;
using Diarizer.Service.Publishing;

namespace Diarizer.Service.Web.Live;

/// <summary>What open pages are told.</summary>
internal sealed class LivePage
{
    private readonly BrokerLink _broker;
    private readonly LiveFeed _feed;
    private readonly LiveMeter _meter;

    public LivePage(
        DiarizerOptions options, string bootId, StreamDirectory streams, TurnHistory history, BrokerLink broker, HealthReporter health, EnrolledPeople people, TimeProvider time)
    {
        var state = new PageState(options.Mqtt.Node, bootId, options.Web.Commands, [.. options.Streams.Select(s => s.Name)], streams, history, broker, health, people);
        _broker = broker;
        _feed = new LiveFeed(time);
        _meter = new LiveMeter(state, _feed, time);
        Endpoints = new LiveEndpoints(state, _feed, options.Web.MaxPages);
        history.Rewritten += (_, _) => _feed.Send("people", new(), PageJson.Default.PeopleNews);
    }

    /// <summary>What happens on the streams goes here.</summary>
    public IEventSink Sink => _feed;

    /// <summary>What pages ask.</summary>
    public IWebEndpoints Endpoints { get; }

    /// <summary>Tells levels and the state of the node until cancelled.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        _broker.Publisher.ConnectedChanged += TellNode;
        await _meter.RunAsync(stop);
        _broker.Publisher.ConnectedChanged -= TellNode;
    }

    private void TellNode(object? sender, bool connected) => _meter.TellNode();
}
