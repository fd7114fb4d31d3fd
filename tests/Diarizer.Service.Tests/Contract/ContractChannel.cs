using System.Text.Json;
using System.Text.Json.Nodes;
using Diarizer.Mqtt;
using Diarizer.Mqtt.Commands;
using Diarizer.Mqtt.Connection;
using Diarizer.Mqtt.Contract;
using Diarizer.Mqtt.HomeAssistant;
using Diarizer.Service.Control;
using Diarizer.Streaming.Events;

namespace Diarizer.Service.Tests.Contract;

/// <summary>A topic of the contract.</summary>
/// <param name="Key">Its name in the document.</param>
/// <param name="Sample">A message that the node sends there; topic, QoS and retain flag are taken from it. For a topic that the node listens to, what it expects.</param>
/// <param name="Description">What it is for.</param>
/// <param name="Payload">A reference to a schema, or the schema of a plain text.</param>
/// <param name="IsTaken">Whether the node listens there.</param>
/// <param name="AnsweredOn">Key of the channel of the answers.</param>
internal sealed record ContractChannel(string Key, MqttMessage Sample, string Description, JsonObject Payload, bool IsTaken = false, string? AnsweredOn = null)
{
    private const string Node = "any-node";
    private const string Stream = "any-stream";

    /// <summary>The topic with its parameters.</summary>
    public string Address => Sample.Topic.Replace(Node, "{node}", StringComparison.Ordinal).Replace(Stream, "{stream}", StringComparison.Ordinal);

    /// <summary>Whether the payload is JSON, not a plain text.</summary>
    public bool IsJson => Payload.ContainsKey("$ref");

    /// <summary>All topics.</summary>
    public static IReadOnlyList<ContractChannel> All(CommandRegistry commands) => [.. OfNode(), .. OfStream(), .. commands.All.SelectMany(OfCommand), .. OfHomeAssistant()];

    /// <summary>The name of a command as part of a key.</summary>
    public static string KeyOf(string command) => command.Replace('/', '_');

    private static IEnumerable<ContractChannel> OfNode()
    {
        var topics = new Topics(Node);
        yield return new("status", Messages.Status(topics, online: true), Of(nameof(Topics.Status)), OneOf(Messages.Online, Messages.Offline));
        yield return new("info", Messages.Info(topics, new() { Version = "", BootId = "", Models = [], Streams = [] }), Of(nameof(Topics.Info)), File("info"));
        yield return new("health", Messages.Health(topics, new() { Uptime = 0, Rtf = 0, LagP95Ms = 0, Xruns = 0, Gaps = 0, OutboxDepth = 0, Rss = 0, Degraded = [] }), Of(nameof(Topics.Health)), File("health"));
        yield return new("event", Messages.Event(topics, new() { EventType = NodeEventType.Overload, At = default, Message = "" }), Of(nameof(Topics.Event)), File("event"));

        static string Of(string property) => XmlDescriptions.Of(typeof(Topics), property)!;
    }

    private static IEnumerable<ContractChannel> OfStream()
    {
        var topics = new Topics(Node).Stream(Stream);
        var mapper = new TurnEventMapper(new StreamSession(Stream, "", "", default));
        var turn = mapper.Map(new TurnChanged(0, TurnEventKind.Started, 1, 0, new SpeakerLabel(1, 1, true), 0, 0, null));
        var statuses = Enum.GetValues<StreamStatus>().Select(s => Messages.StreamStatus(topics, s).Text);
        yield return new("streamStatus", Messages.StreamStatus(topics, StreamStatus.Online), Of(nameof(StreamTopics.Status)), OneOf([.. statuses]));
        yield return new("speech", Messages.Speech(topics, speech: true), Of(nameof(StreamTopics.Speech)), OneOf(Messages.Speech(topics, true).Text, Messages.Speech(topics, false).Text));
        yield return new("state", Messages.State(topics, mapper.State()), Of(nameof(StreamTopics.State)), File("state"));
        yield return new("speakers", Messages.Speakers(topics, new() { SessionId = "", Speakers = [] }), Of(nameof(StreamTopics.Speakers)), File("speakers"));
        yield return new("turns", Messages.Turn(topics, turn), Of(nameof(StreamTopics.Turns)), File("turn"));

        static string Of(string property) => XmlDescriptions.Of(typeof(StreamTopics), property)!;
    }

    private static IEnumerable<ContractChannel> OfCommand(ICommand command)
    {
        var (topics, key) = (new Topics(Node), KeyOf(command.Name));
        var description = XmlDescriptions.Of(command.GetType())!;
        yield return new($"request_{key}", new(topics.Request(command.Name), default), description, File("commands", $"{key}_request"), IsTaken: true, AnsweredOn: $"response_{key}");
        yield return new($"response_{key}", new(topics.Response(command.Name), default), $"Answers to `{command.Name}`.", File("commands", $"{key}_response"));
    }

    private static IEnumerable<ContractChannel> OfHomeAssistant()
    {
        var options = new MqttHomeAssistantOptions();
        var config = new NodeEntities(new Topics(Node)).ConfigTopic(options.Prefix);
        yield return new("homeAssistantDevice", new(config, default, Retain: true), XmlDescriptions.Of(typeof(DiscoveryMessage))!, File("home-assistant"));
        yield return new("homeAssistantStatus", new(options.StatusTopic, default), XmlDescriptions.Of(typeof(MqttHomeAssistantOptions), nameof(options.StatusTopic))!, OneOf("online", "offline"), IsTaken: true);
    }

    private static JsonObject File(string name, string? definition = null) =>
        new() { ["$ref"] = $"schemas/{name}.json{(definition is null ? "" : $"#/definitions/{definition}")}" };

    private static JsonObject OneOf(params string[] texts) => new() { ["type"] = "string", ["enum"] = JsonSerializer.SerializeToNode(texts) };
}
