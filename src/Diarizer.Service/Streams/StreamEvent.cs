using Diarizer.Mqtt.Contract;
using Diarizer.Streaming.Events;

namespace Diarizer.Service.Streams;

/// <summary>An event of one stream on its way to the subscribers.</summary>
/// <param name="Session">The session it belongs to.</param>
/// <param name="Event">What the core decided, on the sample clock.</param>
/// <param name="Processing">Time from the capture of the audio up to <see cref="DiarizationEvent.At"/> to the moment the event left the core.</param>
public readonly record struct StreamEvent(StreamSession Session, DiarizationEvent Event, TimeSpan Processing);
