using System.Text.Json;
using Diarizer.Mqtt.Contract;
using Diarizer.Mqtt.HomeAssistant;
using Diarizer.Mqtt.Publishing;
using Diarizer.Mqtt.Tests.Contract;
using Diarizer.Mqtt.Tests.Support;
using Diarizer.Streaming.Events;
using Diarizer.Tests.Shared;

namespace Diarizer.Mqtt.Tests.HomeAssistant;

public class NodeEntitiesTests
{
    private static readonly JsonSchema Schema = JsonSchema.Load(Repository.PathTo("tests", "Diarizer.Mqtt.Tests", "HomeAssistant", "device-discovery.schema.json"));

    private readonly Topics _topics = new("hall");

    private DiscoveryMessage Introduce(params string[] streams) => new NodeEntities(_topics).Introduce(streams, "0.1.0", takesCommands: true);

    private DiscoveryComponent Component(string id) => Introduce("kitchen").Components[id];

    private static JsonElement Json(DiscoveryMessage message) => JsonSerializer.SerializeToElement(message, DiscoveryJson.Default.DiscoveryMessage);

    [Theory]
    [InlineData(true, "kitchen")]
    [InlineData(false, "kitchen")]
    [InlineData(true, "a", "meeting-room_2", "0", "_")]
    [InlineData(true)]
    public void The_message_is_as_home_assistant_wants_it(bool takesCommands, params string[] streams)
    {
        var message = Json(new NodeEntities(_topics).Introduce(streams, "0.1.0+4b825dc", takesCommands));
        Assert.Empty(Schema.Problems(message));
    }

    [Theory]
    [InlineData("\"identifiers\"", "\"identifier\"")]
    [InlineData("\"state_topic\"", "\"state_topics\"")]
    [InlineData("\"unit_of_measurement\":\"ms\"", "\"unit_of_measurement\":\"msec\"")]
    [InlineData("\"device_class\":\"sound\"", "\"device_class\":\"noise\"")]
    [InlineData("\"p\":\"event\"", "\"p\":\"events\"")]
    [InlineData("\"unique_id\":\"diarizer.hall.lag\",", "")]
    [InlineData("\"icon\":\"mdi:restart\"", "\"icon\":\"restart\"")]
    [InlineData("\"availability_mode\":\"all\"", "\"availability_mode\":\"every\"")]
    public void The_schema_finds_what_home_assistant_would_not_take(string right, string wrong)
    {
        var json = Json(Introduce("kitchen")).GetRawText();
        Assert.Contains(right, json, StringComparison.Ordinal);
        Assert.NotEmpty(Schema.Problems(JsonElement.Parse(json.Replace(right, wrong, StringComparison.Ordinal))));
    }

    [Fact]
    public void It_belongs_to_the_topic_of_the_node() => Assert.Equal("homeassistant/device/hall/config", new NodeEntities(_topics).ConfigTopic("homeassistant"));

    [Fact]
    public void Every_stream_has_its_entities_and_the_node_its_own()
    {
        string[] kinds = ["turns", "speech", "active_speaker", "speaker_count", "mute", "new_session"];
        Assert.Equal([.. kinds.Select(k => $"a_{k}"), .. kinds.Select(k => $"b_{k}"), "lag"], Introduce("a", "b").Components.Keys);
        Assert.DoesNotContain(new NodeEntities(_topics).Introduce(["a"], "0.1.0", takesCommands: false).Components.Values, c => c.CommandTopic is not null);
    }

    [Fact]
    public void Ids_of_entities_are_unique_over_nodes_and_streams()
    {
        var ids =
            from names in ((string Node, string Stream)[])[("a", "b_c"), ("a_b", "c"), ("a", "b"), ("a-b", "c"), ("b", "a")]
            from component in new NodeEntities(new Topics(names.Node)).Introduce([names.Stream], "0.1.0", true).Components.Values
            select component.UniqueId;
        Assert.Equal(ids.Distinct().Count() + ids.Count(i => i == "diarizer.a.lag") - 1, ids.Count());
    }

    [Theory]
    [InlineData("kitchen", "Kitchen active speaker")]
    [InlineData("meeting-room_2", "Meeting room 2 active speaker")]
    public void Names_can_be_read(string stream, string name) => Assert.Equal(name, Introduce(stream).Components[$"{stream}_active_speaker"].Name);

    [Fact]
    public void All_topics_are_those_of_the_contract()
    {
        var stream = _topics.Stream("kitchen");
        Assert.Equal((stream.Turns, stream.Speech, stream.State, _topics.Health), (Topic("kitchen_turns"), Topic("kitchen_speech"), Topic("kitchen_active_speaker"), Topic("lag")));
        Assert.Equal((_topics.Request("stream/mute"), _topics.Request("session/start")), (Component("kitchen_mute").CommandTopic, Component("kitchen_new_session").CommandTopic));
        Assert.All(Introduce("kitchen").Components.Where(c => c.Key != "lag"), c => Assert.Equal([_topics.Status, stream.Status], c.Value.Availability!.Select(a => a.Topic)));

        string? Topic(string id) => Component(id).StateTopic;
    }

    [Fact]
    public void Templates_make_states_of_live_messages()
    {
        var sink = new CollectingSink();
        var time = new ManualTime();
        var session = Samples.Session with { Names = new() };
        using (var publisher = new StreamPublisher(sink, _topics, session, time))
        {
            session.Names.Set(1, "Ada");
            publisher.Publish(Samples.Turn(TurnEventKind.Started, 1, 0, 1, 1, 1.5, 1.5));
            publisher.Publish(Samples.Turn(TurnEventKind.Started, 2, 0, 2, 1.2, 1.6, 1.6));
            time.Advance(TimeSpan.FromSeconds(1));
            publisher.Publish(Samples.Turn(TurnEventKind.Ended, 1, 1, 1, 1, 2, 2, TurnEndReason.Silence));
            publisher.Publish(Samples.Turn(TurnEventKind.Ended, 2, 1, 2, 1.2, 2, 2, TurnEndReason.Silence));
            time.Advance(TimeSpan.FromSeconds(1));
        }

        var health = Messages.Health(_topics, new HealthMessage { Uptime = 30, Rtf = 0.05, LagP95Ms = 120.5, Xruns = 0, Gaps = 0, OutboxDepth = 0, Rss = 1, Degraded = [] }).Text;
        var states = sink.On(_topics.Stream("kitchen").State);
        var turn = sink.On(_topics.Stream("kitchen").Turns)[0];
        (string, string)[] pairs =
        [
            .. states.Select(s => (Component("kitchen_active_speaker").ValueTemplate!, s)),
            .. states.Select(s => (Component("kitchen_speaker_count").ValueTemplate!, s)),
            (Component("lag").ValueTemplate!, health),
            (Component("kitchen_turns").ValueTemplate!, turn),
            (Component("kitchen_turns").ValueTemplate!, turn.Replace("\"replayed\":false", "\"replayed\":true", StringComparison.Ordinal)),
        ];
        Assert.Equal(["nobody", "Ada, s2", "s2", "nobody", "0", "2", "2", "2", "120.5", turn, ""], TemplateRenderer.Render(pairs));
        Assert.Contains(JsonElement.Parse(turn).GetProperty("event_type").GetString(), Component("kitchen_turns").EventTypes!);
    }

    [Fact]
    public void Templates_make_availability_and_mute_of_every_status()
    {
        var available = Component("kitchen_speech").Availability![1].ValueTemplate!;
        var muted = Component("kitchen_mute").ValueTemplate!;
        var statuses = Enum.GetValues<StreamStatus>().Select(s => Messages.StreamStatus(_topics.Stream("kitchen"), s).Text).Append("").ToList();
        Assert.Equal(
            ["offline", "online", "online", "online", "offline", "OFF", "OFF", "OFF", "ON", "OFF"],
            TemplateRenderer.Render([.. statuses.Select(s => (available, s)), .. statuses.Select(s => (muted, s))]));
    }

    [Fact]
    public void Event_types_are_all_that_turns_have() =>
        Assert.Equal(Enum.GetValues<TurnEventType>().Select(t => JsonSerializer.Serialize(t).Trim('"')), Component("kitchen_turns").EventTypes!);
}
