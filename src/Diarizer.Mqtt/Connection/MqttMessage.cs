using System.Text;

namespace Diarizer.Mqtt.Connection;

/// <summary>One message.</summary>
/// <param name="Topic">Topic without wildcards.</param>
/// <param name="Payload">Bytes.</param>
/// <param name="Qos">Delivery promise.</param>
/// <param name="Retain">True for state (the broker keeps the last one), false for an event.</param>
/// <param name="Durable">True for an event that must survive an outage and the end of the process: it goes through the outbox. Not sent to the broker.</param>
public sealed record MqttMessage(string Topic, ReadOnlyMemory<byte> Payload, MqttQos Qos = MqttQos.AtLeastOnce, bool Retain = false, bool Durable = false)
{
    /// <summary>Where the sender wants the answer (MQTT 5); null for the usual place.</summary>
    public string? ResponseTopic { get; init; }

    /// <summary>What the sender recognises the answer by (MQTT 5); empty for nothing.</summary>
    public ReadOnlyMemory<byte> CorrelationData { get; init; }

    /// <summary>The payload as UTF-8 text.</summary>
    public string Text => Encoding.UTF8.GetString(Payload.Span);

    /// <summary>A retained QoS 1 message with a plain text.</summary>
    public static MqttMessage State(string topic, string text) => new(topic, Encoding.UTF8.GetBytes(text), MqttQos.AtLeastOnce, Retain: true);
}

/// <summary>Delivery promise of a message.</summary>
public enum MqttQos
{
    /// <summary>Sent once, not acknowledged.</summary>
    AtMostOnce = 0,

    /// <summary>Sent until acknowledged; may arrive more than once.</summary>
    AtLeastOnce = 1,
}
