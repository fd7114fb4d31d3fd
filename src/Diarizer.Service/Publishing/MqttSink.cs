using System.Collections.Concurrent;
using Diarizer.Mqtt;
using Diarizer.Mqtt.Contract;
using Diarizer.Mqtt.Publishing;
using Diarizer.Service.Streams;
using Diarizer.Streaming.Speakers;

namespace Diarizer.Service.Publishing;

/// <summary>Sends the events to the broker. The publisher queues: a broker that is away or slow never holds up a stream.</summary>
/// <param name="publisher">Takes the messages.</param>
/// <param name="topics">Topics of the node.</param>
/// <param name="time">Clock.</param>
public sealed class MqttSink(IMessageSink publisher, Topics topics, TimeProvider time) : IEventSink
{
    private readonly ConcurrentDictionary<string, StreamPublisher> _sessions = new();

    /// <inheritdoc/>
    public void SessionStarted(StreamSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        _sessions[session.SessionId] = new StreamPublisher(publisher, topics, session, time);
    }

    /// <inheritdoc/>
    public void Publish(StreamEvent e) => _sessions[e.Session.SessionId].Publish(e.Event, e.Processing);

    /// <inheritdoc/>
    public void SpeakersChanged(StreamSession session, IReadOnlyList<SpeakerSummary> speakers)
    {
        ArgumentNullException.ThrowIfNull(session);
        _sessions[session.SessionId].SetSpeakers(speakers);
    }

    /// <inheritdoc/>
    public void SessionEnded(StreamSession session, StreamSummary summary)
    {
        ArgumentNullException.ThrowIfNull(session);
        if (_sessions.TryRemove(session.SessionId, out var ended))
            ended.Dispose();
    }

    /// <inheritdoc/>
    public void StatusChanged(string stream, StreamStatus status) => publisher.Publish(Messages.StreamStatus(topics.Stream(stream), status));

    /// <inheritdoc/>
    public void Happened(StreamIncident incident)
    {
        ArgumentNullException.ThrowIfNull(incident);
        publisher.Publish(Messages.Event(topics, new EventMessage
        {
            EventType = incident.Kind,
            At = time.GetUtcNow(),
            Stream = incident.Stream,
            Message = incident.Message,
            LengthMs = incident.LengthMs,
            Speaker = incident.Speaker,
            MergedInto = incident.MergedInto,
        }));
    }
}
