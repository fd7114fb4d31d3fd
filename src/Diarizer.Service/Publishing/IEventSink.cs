using Diarizer.Mqtt.Contract;
using Diarizer.Service.Streams;

namespace Diarizer.Service.Publishing;

/// <summary>Somebody who wants the events. Calls come from the streams' own threads and must return at once: whoever is slow queues or drops.</summary>
public interface IEventSink
{
    /// <summary>A stream began to listen.</summary>
    void StreamOpened(StreamSession session);

    /// <summary>Something happened.</summary>
    void Publish(StreamEvent e);

    /// <summary>A stream ended.</summary>
    void StreamClosed(StreamSession session, StreamSummary summary);
}
