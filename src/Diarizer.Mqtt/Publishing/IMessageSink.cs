using Diarizer.Mqtt.Connection;

namespace Diarizer.Mqtt.Publishing;

/// <summary>Takes messages for delivery without making the caller wait.</summary>
public interface IMessageSink
{
    /// <summary>Takes a message; never blocks and never throws for the state of the network.</summary>
    void Publish(MqttMessage message);
}
