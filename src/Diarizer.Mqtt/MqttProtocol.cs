namespace Diarizer.Mqtt;

/// <summary>Version of the MQTT protocol.</summary>
public enum MqttProtocol
{
    /// <summary>MQTT 5.0.</summary>
    V5,

    /// <summary>MQTT 3.1.1.</summary>
    V311,
}
