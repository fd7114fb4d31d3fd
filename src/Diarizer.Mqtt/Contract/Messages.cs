using System.Text.Json;
using Diarizer.Mqtt.Connection;

namespace Diarizer.Mqtt.Contract;

/// <summary>Puts the contract's records into messages with the topic, QoS and retain flag that belong to them.</summary>
public static class Messages
{
    /// <summary>The daemon runs.</summary>
    public const string Online = "online";

    /// <summary>The daemon does not run, or cannot be reached.</summary>
    public const string Offline = "offline";

    /// <summary>Status of the node.</summary>
    public static MqttMessage Status(Topics topics, bool online) => MqttMessage.State(Of(topics).Status, online ? Online : Offline);

    /// <summary>What runs on the node.</summary>
    public static MqttMessage Info(Topics topics, InfoMessage info) =>
        new(Of(topics).Info, JsonSerializer.SerializeToUtf8Bytes(info, ContractJson.Default.InfoMessage), Retain: true);

    /// <summary>How the node is doing.</summary>
    public static MqttMessage Health(Topics topics, HealthMessage health) =>
        new(Of(topics).Health, JsonSerializer.SerializeToUtf8Bytes(health, ContractJson.Default.HealthMessage), MqttQos.AtMostOnce, Retain: true);

    /// <summary>Status of a stream.</summary>
    public static MqttMessage StreamStatus(StreamTopics topics, StreamStatus status) => MqttMessage.State(Of(topics).Status, status switch
    {
        Contract.StreamStatus.Online => "online",
        Contract.StreamStatus.Degraded => "degraded",
        Contract.StreamStatus.Muted => "muted",
        _ => "offline",
    });

    /// <summary>Whether anyone speaks.</summary>
    public static MqttMessage Speech(StreamTopics topics, bool speech) => MqttMessage.State(Of(topics).Speech, speech ? "ON" : "OFF");

    /// <summary>Who speaks now.</summary>
    public static MqttMessage State(StreamTopics topics, StateMessage state) =>
        new(Of(topics).State, JsonSerializer.SerializeToUtf8Bytes(state, ContractJson.Default.StateMessage), Retain: true);

    /// <summary>Who was heard in a session.</summary>
    public static MqttMessage Speakers(StreamTopics topics, SpeakersMessage speakers) =>
        new(Of(topics).Speakers, JsonSerializer.SerializeToUtf8Bytes(speakers, ContractJson.Default.SpeakersMessage), Retain: true);

    /// <summary>A turn event.</summary>
    public static MqttMessage Turn(StreamTopics topics, TurnMessage turn) =>
        new(Of(topics).Turns, JsonSerializer.SerializeToUtf8Bytes(turn, ContractJson.Default.TurnMessage), Durable: true);

    /// <summary>Something else that happened.</summary>
    public static MqttMessage Event(Topics topics, EventMessage happened) =>
        new(Of(topics).Event, JsonSerializer.SerializeToUtf8Bytes(happened, ContractJson.Default.EventMessage), Durable: true);

    private static T Of<T>(T topics)
    {
        ArgumentNullException.ThrowIfNull(topics);
        return topics;
    }
}
