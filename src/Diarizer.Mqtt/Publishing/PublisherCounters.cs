namespace Diarizer.Mqtt.Publishing;

/// <summary>What a publisher has done since its start.</summary>
/// <param name="Connects">Connections made.</param>
/// <param name="FailedConnects">Attempts that failed.</param>
/// <param name="Acknowledged">Messages that the broker has.</param>
/// <param name="Rejected">Messages that the broker does not take.</param>
/// <param name="Dropped">Events dropped because the queue was full.</param>
/// <param name="Coalesced">States replaced by newer ones before they were sent.</param>
/// <param name="QueueDepth">Events that wait or are in flight now.</param>
public readonly record struct PublisherCounters(long Connects, long FailedConnects, long Acknowledged, long Rejected, long Dropped, long Coalesced, int QueueDepth);
