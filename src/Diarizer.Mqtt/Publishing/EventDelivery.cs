namespace Diarizer.Mqtt.Publishing;

/// <summary>How a durable event reached the broker.</summary>
/// <param name="Took">From its publication to the broker's acknowledgement, by the system's clock; times without a broker included.</param>
/// <param name="Replayed">True when it could not be sent when it happened, or was sent before.</param>
public readonly record struct EventDelivery(TimeSpan Took, bool Replayed);
