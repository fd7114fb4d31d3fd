using Diarizer.Mqtt.Connection;
using Diarizer.Mqtt.Publishing;

namespace Diarizer.Mqtt.Tests.Support;

/// <summary>Keeps what is published.</summary>
internal sealed class CollectingSink : IMessageSink
{
    public List<MqttMessage> Messages { get; } = [];

    public void Publish(MqttMessage message) => Messages.Add(message);

    public IReadOnlyList<string> On(string topic) => [.. Messages.Where(m => m.Topic == topic).Select(m => m.Text)];
}
