using System.Text.Json;
using Diarizer.Mqtt.Contract;

namespace Diarizer.Mqtt.HomeAssistant;

/// <summary>The entities of a node: the map from this contract to Home Assistant's. Ids and names must not change without need, for people build on them.</summary>
/// <param name="topics">Topics of the node.</param>
public sealed class NodeEntities(Topics topics)
{
    /// <summary>Name of the program in messages; a message of another program is left alone.</summary>
    public const string Program = "diarizer";

    private readonly string _node = topics.Base.Split('/')[^1];

    /// <summary>Where the node's discovery message belongs.</summary>
    /// <param name="prefix">See <see cref="MqttHomeAssistantOptions.Prefix"/>.</param>
    public string ConfigTopic(string prefix) => $"{prefix}/device/{_node}/config";

    /// <summary>The discovery message.</summary>
    /// <param name="streams">Names of the streams.</param>
    /// <param name="version">Version of the daemon.</param>
    /// <param name="takesCommands">Whether there are entities that send commands.</param>
    public DiscoveryMessage Introduce(IEnumerable<string> streams, string version, bool takesCommands) => new()
    {
        Device = new([$"{Program}.{_node}"], $"Diarizer {_node}", "Diarizer", "Speaker diarization", version),
        Origin = new(Program, version),
        Components = new Dictionary<string, DiscoveryComponent>(
            from entity in streams.SelectMany(s => new StreamEntities(topics, s).All(takesCommands)).Append(Lag())
            select KeyValuePair.Create(entity.Id, entity.Component with { UniqueId = $"{Program}.{_node}.{entity.Id}" })),
    };

    private (string Id, DiscoveryComponent Component) Lag() => ("lag", new()
    {
        Platform = "sensor",
        Name = "Lag",
        DeviceClass = "duration",
        EntityCategory = "diagnostic",
        StateTopic = topics.Health,
        ValueTemplate = "{{ value_json.lag_p95_ms }}",
        StateClass = "measurement",
        UnitOfMeasurement = "ms",
        SuggestedDisplayPrecision = 0,
        Availability = [new(topics.Status)],
    });
}

/// <summary>The entities of one stream.</summary>
internal sealed class StreamEntities(Topics topics, string stream)
{
    private readonly StreamTopics _topics = topics.Stream(stream);

    public IEnumerable<(string Id, DiscoveryComponent Component)> All(bool takesCommands)
    {
        IEnumerable<(string, DiscoveryComponent)> entities = [Turns(), Speech(), ActiveSpeaker(), SpeakerCount()];
        return takesCommands ? entities.Concat([Mute(), NewSession()]) : entities;
    }

    // An automation must not act on what was said during an outage, so that events from the record are left out.
    private (string, DiscoveryComponent) Turns() => Entity("turns", new()
    {
        Platform = "event",
        Icon = "mdi:account-voice",
        StateTopic = _topics.Turns,
        ValueTemplate = "{{ '' if value_json.replayed else value }}",
        EventTypes = [.. Enum.GetValues<TurnEventType>().Select(t => JsonNamingPolicy.SnakeCaseLower.ConvertName(t.ToString()))],
    });

    private (string, DiscoveryComponent) Speech() => Entity("speech", new() { Platform = "binary_sensor", DeviceClass = "sound", StateTopic = _topics.Speech });

    private (string, DiscoveryComponent) ActiveSpeaker() => Entity("active_speaker", new()
    {
        Platform = "sensor",
        Icon = "mdi:account-voice",
        StateTopic = _topics.State,
        ValueTemplate = "{% for id in value_json.active %}{{ value_json.names[loop.index0] or id }}{{ '' if loop.last else ', ' }}{% else %}nobody{% endfor %}",
    });

    private (string, DiscoveryComponent) SpeakerCount() => Entity("speaker_count", new()
    {
        Platform = "sensor",
        Icon = "mdi:account-group",
        StateTopic = _topics.State,
        ValueTemplate = "{{ value_json.speaker_count }}",
        StateClass = "measurement",
    });

    private (string, DiscoveryComponent) Mute() => Entity("mute", new()
    {
        Platform = "switch",
        Icon = "mdi:microphone-off",
        StateTopic = _topics.Status,
        ValueTemplate = "{{ 'ON' if value == 'muted' else 'OFF' }}",
        StateOn = "ON",
        StateOff = "OFF",
        CommandTopic = topics.Request("stream/mute"),
        PayloadOn = $$$"""{"data":{"stream":"{{{stream}}}","muted":true}}""",
        PayloadOff = $$$"""{"data":{"stream":"{{{stream}}}","muted":false}}""",
    });

    private (string, DiscoveryComponent) NewSession() => Entity("new_session", new()
    {
        Platform = "button",
        Icon = "mdi:restart",
        CommandTopic = topics.Request("session/start"),
        PayloadPress = $$$"""{"data":{"stream":"{{{stream}}}"}}""",
    });

    private (string, DiscoveryComponent) Entity(string id, DiscoveryComponent component) => ($"{stream}_{id}", component with
    {
        Name = Title($"{stream}_{id}"),
        // A muted or degraded stream is there; one that has ended, or was cleared, is not.
        Availability = [new(topics.Status), new(_topics.Status, "{{ 'online' if value in ['online', 'degraded', 'muted'] else 'offline' }}")],
        AvailabilityMode = "all",
    });

    private static string Title(string id)
    {
        var words = id.Replace('_', ' ').Replace('-', ' ').Trim();
        return char.ToUpperInvariant(words[0]) + words[1..];
    }
}
