namespace Diarizer.Mqtt.Contract;

/// <summary>How a stream is doing; published as its name in lower case.</summary>
public enum StreamStatus
{
    /// <summary>Not listening.</summary>
    Offline,

    /// <summary>Listening.</summary>
    Online,

    /// <summary>Listening with losses or delays, or the device is gone.</summary>
    Degraded,

    /// <summary>Told not to listen.</summary>
    Muted,
}
