using Diarizer.Mqtt.Contract;

namespace Diarizer.Mqtt.Outbox;

/// <summary>Something about the outbox that subscribers should know.</summary>
/// <param name="Kind">What.</param>
/// <param name="Sentence">The same for people.</param>
/// <param name="Count">How many events it is about; null when not known.</param>
internal sealed record OutboxNotice(NodeEventType Kind, string Sentence, long? Count = null);
