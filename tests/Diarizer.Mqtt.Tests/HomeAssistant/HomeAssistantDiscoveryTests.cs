using System.Text;
using System.Text.Json;
using Diarizer.Mqtt.Connection;
using Diarizer.Mqtt.HomeAssistant;
using Diarizer.Mqtt.Publishing;
using Diarizer.Mqtt.Tests.Support;

namespace Diarizer.Mqtt.Tests.HomeAssistant;

public class HomeAssistantDiscoveryTests
{
    private const string Config = "homeassistant/device/test/config";

    private static readonly MqttHomeAssistantOptions Options = new() { DelayMin = TimeSpan.FromSeconds(1), DelayMax = TimeSpan.FromSeconds(3) };

    private readonly CollectingSink _sink = new();
    private readonly ManualTime _time = new();

    private HomeAssistantDiscovery Discovery(MqttHomeAssistantOptions options, params string[] streams) => Discovery(options, _sink, _time, streams);

    private static HomeAssistantDiscovery Discovery(MqttHomeAssistantOptions options, IMessageSink sink, TimeProvider time, params string[] streams)
    {
        var entities = new NodeEntities(new Topics("test"));
        return new(options, entities, entities.Introduce(streams, "0.1.0", takesCommands: true), sink, time, new Random(1));
    }

    private static MqttMessage Status(string text) => new("homeassistant/status", Encoding.UTF8.GetBytes(text));

    private static MqttMessage Retained(string text) => new(Config, Encoding.UTF8.GetBytes(text), Retain: true);

    private string Introduction(params string[] streams)
    {
        var sink = new CollectingSink();
        using var discovery = Discovery(Options, sink, _time, streams);
        discovery.Connected();
        _time.Advance(TimeSpan.FromSeconds(3));
        return sink.On(Config)[0];
    }

    private static Dictionary<string, string> Removed(string message) => JsonElement.Parse(message).GetProperty("cmps").EnumerateObject()
        .Where(c => c.Value.GetPropertyCount() == 1).ToDictionary(c => c.Name, c => c.Value.GetProperty("p").GetString()!);

    [Fact]
    public void The_node_introduces_itself_a_while_after_the_first_connect()
    {
        using var discovery = Discovery(Options, "hall");
        discovery.Connected();
        _time.Advance(TimeSpan.FromSeconds(0.9));
        Assert.Empty(_sink.Messages);
        _time.Advance(TimeSpan.FromSeconds(2.1));
        var message = Assert.Single(_sink.Messages);
        Assert.Equal((Config, MqttQos.AtLeastOnce, true), (message.Topic, message.Qos, message.Retain));
        discovery.Connected();
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Single(_sink.Messages);
    }

    [Fact]
    public void Waits_are_spread_between_their_bounds()
    {
        var waits = Enumerable.Range(0, 200).Select(seed =>
        {
            var (time, sink) = (new ManualTime(), new CollectingSink());
            var entities = new NodeEntities(new Topics("test"));
            using var discovery = new HomeAssistantDiscovery(Options, entities, entities.Introduce(["a"], "0", true), sink, time, new Random(seed));
            discovery.Connected();
            while (sink.Messages.Count == 0)
                time.Advance(TimeSpan.FromMilliseconds(10));
            return time.Now.TotalSeconds;
        }).ToList();
        Assert.InRange(waits.Min(), 1, 1.2);
        Assert.InRange(waits.Max(), 2.8, 3.01);
    }

    [Fact]
    public void It_does_so_again_when_home_assistant_starts_and_once_however_often_that_is_told()
    {
        using var discovery = Discovery(Options, "hall");
        discovery.TakeStatus(Status("offline"));
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Empty(_sink.Messages);
        for (var i = 0; i < 100; i++)
            discovery.TakeStatus(Status("online"));
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Single(_sink.Messages);
        discovery.TakeStatus(Status("online"));
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(2, _sink.Messages.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Entities_of_streams_that_are_no_more_are_removed(bool toldBefore)
    {
        var earlier = Introduction("hall", "old");
        using var discovery = Discovery(Options, "hall");
        discovery.Connected();
        if (toldBefore)
            discovery.TakeConfig(Retained(earlier));
        _time.Advance(TimeSpan.FromSeconds(3));
        discovery.TakeConfig(Retained(earlier));
        var last = _sink.On(Config)[^1];
        Assert.Equal(toldBefore ? 1 : 2, _sink.Messages.Count);
        var removed = Removed(last);
        Assert.Equal(["old_active_speaker", "old_mute", "old_new_session", "old_speaker_count", "old_speech", "old_turns"], removed.Keys.Order());
        Assert.Equal(("sensor", "switch", "event"), (removed["old_active_speaker"], removed["old_mute"], removed["old_turns"]));

        // The next run finds them removed and says no more of them.
        using var next = Discovery(Options, "hall");
        next.TakeConfig(Retained(last));
        next.Connected();
        _time.Advance(TimeSpan.FromSeconds(3));
        Assert.Empty(Removed(_sink.On(Config)[^1]));
    }

    [Fact]
    public void What_is_switched_off_is_taken_back_and_nothing_else_is_said()
    {
        using var discovery = Discovery(Options with { Enabled = false }, "hall");
        discovery.TakeConfig(Retained(Introduction("hall")));
        var message = Assert.Single(_sink.Messages);
        Assert.Equal((Config, 0, true), (message.Topic, message.Payload.Length, message.Retain));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("7")]
    [InlineData("null")]
    [InlineData("""{"dev":{"identifiers":["x"]},"o":{"name":"zigbee2mqtt"},"cmps":{"x":{"p":"sensor","unique_id":"x"}}}""")]
    [InlineData("""{"dev":{"identifiers":["x"],"name":"n","manufacturer":"m","model":"o","sw_version":"1"},"o":null,"cmps":{"x":{"p":"sensor","unique_id":"x"}}}""")]
    public void What_others_put_there_is_left_alone(string payload)
    {
        foreach (var enabled in (bool[])[true, false])
        {
            using var discovery = Discovery(Options with { Enabled = enabled }, "hall");
            discovery.TakeConfig(Retained(payload));
            Assert.Empty(_sink.Messages);
        }
    }

    [Fact]
    public void What_pretends_to_be_ours_can_add_nothing()
    {
        var components = string.Join(',', Enumerable.Range(0, 5000).Select(i => $"\"s{i}_turns\":{{\"p\":\"event\",\"unique_id\":\"x\"}}"));
        const string Head = """{"dev":{"identifiers":["x"],"name":"n","manufacturer":"m","model":"o","sw_version":"1"},"o":{"name":"diarizer","sw_version":"1"},"cmps":{""";
        using var discovery = Discovery(Options, "hall");
        discovery.Connected();
        discovery.TakeConfig(Retained(Head + """ "a b":{"p":"event","unique_id":"x"},"lock":{"p":"lock","unique_id":"x"},"none":null,""" + components + "}}"));
        _time.Advance(TimeSpan.FromSeconds(3));
        var removed = Removed(_sink.On(Config)[0]);
        Assert.Equal(1000, removed.Count);
        Assert.All(removed, r => Assert.EndsWith("_turns", r.Key, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_broker_keeps_the_introduction_and_loses_it_when_it_is_switched_off()
    {
        await using var broker = await TestBroker.StartAsync();
        var soon = new MqttHomeAssistantOptions { DelayMin = TimeSpan.Zero, DelayMax = TimeSpan.FromMilliseconds(100) };
        await using var homeAssistant = await Subscriber.StartAsync(broker.Options, "homeassistant/#");
        await RunAsync(soon, ["hall", "old"], m => m.Length > 0);
        await homeAssistant.PublishAsync(Status("online"));
        await RunAsync(soon, ["hall"], m => m.Length > 0 && Removed(m).ContainsKey("old_turns"));
        await RunAsync(soon, ["hall"], m => m.Length > 0 && Removed(m).Count == 0);
        await RunAsync(soon with { Enabled = false }, ["hall"], m => m.Length == 0);

        await using var late = await Subscriber.StartAsync(broker.Options, "homeassistant/device/#");
        await Task.Delay(200, TestContext.Current.CancellationToken);
        Assert.Empty(late.Messages);

        async Task RunAsync(MqttHomeAssistantOptions options, string[] streams, Func<string, bool> isLast)
        {
            await using var publisher = new MqttPublisher(broker.Options);
            using var discovery = Discovery(options, publisher, TimeProvider.System, streams);
            discovery.Follow(publisher);
            publisher.Start();
            await Eventually.TrueAsync(
                () => homeAssistant.On(Config) is [.., var last] && isLast(last), () => $"the introduction; came: {string.Join('\n', homeAssistant.On(Config))}");
        }
    }

    [Fact]
    public async Task Home_assistant_hears_again_when_it_starts()
    {
        await using var broker = await TestBroker.StartAsync();
        await using var homeAssistant = await Subscriber.StartAsync(broker.Options, Config);
        await using var publisher = new MqttPublisher(broker.Options);
        using var discovery = Discovery(new() { DelayMin = TimeSpan.Zero, DelayMax = TimeSpan.Zero }, publisher, TimeProvider.System, "hall");
        discovery.Follow(publisher);
        publisher.Start();
        await Eventually.TrueAsync(() => homeAssistant.On(Config).Count == 1, () => "the introduction");
        await homeAssistant.PublishAsync(Status("online"));
        await Eventually.TrueAsync(() => homeAssistant.On(Config).Count == 2, () => "the second one");
    }
}
