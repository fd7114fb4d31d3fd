namespace Diarizer.Mqtt.Outbox;

/// <summary>Why an event was dropped before the broker had it.</summary>
internal enum OutboxDrop
{
    /// <summary>More waited than may.</summary>
    Full,

    /// <summary>It waited longer than it may.</summary>
    Expired,

    /// <summary>There was no working disk, and the memory that stood in for it was full.</summary>
    Memory,

    /// <summary>The broker does not take it.</summary>
    Rejected,
}
