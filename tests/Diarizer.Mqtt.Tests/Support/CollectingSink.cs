using System.Collections.Concurrent;
using Diarizer.Mqtt.Connection;
using Diarizer.Mqtt.Publishing;
using Diarizer.Tests.Shared;

namespace Diarizer.Mqtt.Tests.Support;

/// <summary>Keeps what is published, and checks that it is as the contract says.</summary>
internal sealed class CollectingSink : IMessageSink
{
    private readonly ConcurrentQueue<MqttMessage> _messages = [];

    public IReadOnlyList<MqttMessage> Messages
    {
        get
        {
            MqttMessage[] messages = [.. _messages];
            ContractCheck.Current.RequireOfVersioned(messages.Select(m => (m.Topic, m.Text)));
            return messages;
        }
    }

    public void Publish(MqttMessage message) => _messages.Enqueue(message);

    public IReadOnlyList<string> On(string topic) => [.. Messages.Where(m => m.Topic == topic).Select(m => m.Text)];
}
