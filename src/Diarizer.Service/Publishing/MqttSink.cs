using System.Collections.Concurrent;
using Diarizer.Mqtt.Contract;
using Diarizer.Mqtt.Publishing;
using Diarizer.Service.Streams;

namespace Diarizer.Service.Publishing;

/// <summary>Sends the events to the broker. The publisher queues: a broker that is away or slow never holds up a stream.</summary>
/// <param name="publisher">Keeps the connection; owned by the caller.</param>
/// <param name="time">Clock for the limit on states.</param>
public sealed class MqttSink(MqttPublisher publisher, TimeProvider time) : IEventSink
{
    private readonly ConcurrentDictionary<string, StreamPublisher> _streams = new();

    /// <inheritdoc/>
    public void StreamOpened(StreamSession session)
    {
        var stream = new StreamPublisher(publisher, publisher.Topics, session, time);
        _streams[session.SessionId] = stream;
        stream.SetStatus(StreamStatus.Online);
    }

    /// <inheritdoc/>
    public void Publish(StreamEvent e) => _streams[e.Session.SessionId].Publish(e.Event, e.Processing);

    /// <inheritdoc/>
    public void StreamClosed(StreamSession session, StreamSummary summary)
    {
        if (!_streams.TryRemove(session.SessionId, out var stream))
            return;
        stream.Dispose();
        stream.SetStatus(StreamStatus.Offline);
    }
}
