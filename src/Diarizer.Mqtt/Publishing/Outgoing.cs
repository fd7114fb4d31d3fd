using Diarizer.Mqtt.Connection;

namespace Diarizer.Mqtt.Publishing;

/// <summary>A message on its way: where it waits or what it waits for is known to <see cref="OutgoingQueue"/> alone.</summary>
internal sealed class Outgoing(MqttMessage message, RetainedState? state)
{
    public MqttMessage Message { get; } = message;

    /// <summary>The state that it carries; null for an event.</summary>
    public RetainedState? State { get; } = state;
}

/// <summary>The newest message of a retained topic.</summary>
internal sealed class RetainedState(MqttMessage newest)
{
    public MqttMessage Newest { get; set; } = newest;

    /// <summary>True while the newest message has still to be sent on this connection.</summary>
    public bool Dirty { get; set; }

    /// <summary>The message whose acknowledgement is awaited; older ones no longer matter.</summary>
    public Outgoing? InFlight { get; set; }
}
