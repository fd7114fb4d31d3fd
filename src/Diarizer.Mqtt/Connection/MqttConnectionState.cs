namespace Diarizer.Mqtt.Connection;

/// <summary>Where a connection stands.</summary>
public enum MqttConnectionState
{
    /// <summary>Not yet tried.</summary>
    New,

    /// <summary>On its way.</summary>
    Connecting,

    /// <summary>Accepted by the broker.</summary>
    Connected,

    /// <summary>Over.</summary>
    Closed,
}

/// <summary>A connection changed its state.</summary>
/// <param name="State">The new state.</param>
/// <param name="Reason">Why it closed; null otherwise and after a farewell.</param>
public sealed record MqttConnectionStateChange(MqttConnectionState State, string? Reason);
