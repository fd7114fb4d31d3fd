using Diarizer.Mqtt.Connection;

namespace Diarizer.Mqtt.Publishing;

/// <summary>
/// Clears what the broker retains of streams that this node had once and has no more, so that nobody takes a room for present that is not listened to.
/// </summary>
/// <param name="topics">Topics of the node.</param>
/// <param name="streams">Names of the streams that there are.</param>
/// <param name="sink">Takes the empty messages that clear a topic.</param>
public sealed class StaleStreams(Topics topics, IReadOnlyCollection<string> streams, IMessageSink sink)
{
    /// <summary>More than any installation has had; whoever could write on our topics must not fill our memory.</summary>
    private const int Most = 256;

    private readonly HashSet<string> _cleared = [];

    /// <summary>Takes a message that came on <see cref="Topics.AllStreamStatus"/>.</summary>
    public void Take(MqttMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        var name = message.Topic.Split('/')[^2];
        if (!message.Retain || message.Payload.IsEmpty || streams.Contains(name) || !Topics.IsSegment(name) || _cleared.Count == Most || !_cleared.Add(name))
            return;
        foreach (var topic in topics.Stream(name).Retained)
            sink.Publish(new(topic, ReadOnlyMemory<byte>.Empty, Retain: true));
    }
}
