using System.Collections.Concurrent;
using Diarizer.Mqtt.Connection;
using Diarizer.Mqtt.Publishing;

namespace Diarizer.Mqtt.Tests.Support;

/// <summary>Keeps what is published.</summary>
internal sealed class CollectingSink : IMessageSink
{
    private readonly ConcurrentQueue<MqttMessage> _messages = [];

    public IReadOnlyList<MqttMessage> Messages => [.. _messages];

    public void Publish(MqttMessage message) => _messages.Enqueue(message);

    public IReadOnlyList<string> On(string topic) => [.. Messages.Where(m => m.Topic == topic).Select(m => m.Text)];
}
