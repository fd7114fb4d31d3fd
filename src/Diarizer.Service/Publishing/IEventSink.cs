using Diarizer.Mqtt.Contract;
using Diarizer.Service.Streams;
using Diarizer.Streaming.Speakers;

namespace Diarizer.Service.Publishing;

/// <summary>Somebody who wants the events. Calls come from the streams' own threads and must return at once: whoever is slow queues or drops.</summary>
public interface IEventSink
{
    /// <summary>A session began.</summary>
    void SessionStarted(StreamSession session);

    /// <summary>Something was said.</summary>
    void Publish(StreamEvent e);

    /// <summary>The speakers of a session as they are known now.</summary>
    void SpeakersChanged(StreamSession session, IReadOnlyList<SpeakerSummary> speakers)
    {
    }

    /// <summary>A session ended.</summary>
    void SessionEnded(StreamSession session, StreamSummary summary);

    /// <summary>A stream is doing otherwise than before.</summary>
    void StatusChanged(string stream, StreamStatus status)
    {
    }

    /// <summary>Something else happened to a stream.</summary>
    void Happened(StreamIncident incident)
    {
    }
}
