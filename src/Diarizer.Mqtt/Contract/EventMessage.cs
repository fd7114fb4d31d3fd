using System.Text.Json.Serialization;

namespace Diarizer.Mqtt.Contract;

/// <summary>Something that happened to a node or one of its streams, apart from turns.</summary>
public sealed record EventMessage
{
    /// <summary>Version of this contract.</summary>
    public string Schema { get; init; } = ContractVersion.Current;

    /// <summary>What happened.</summary>
    public required NodeEventType EventType { get; init; }

    /// <summary>Identifies the event; a message with an id seen before is a duplicate.</summary>
    public string Id { get; init; } = Guid.CreateVersion7().ToString();

    /// <summary>When, UTC.</summary>
    [JsonConverter(typeof(UtcMillisecondsConverter))]
    public required DateTimeOffset At { get; init; }

    /// <summary>The stream that it happened to; null for the node.</summary>
    public string? Stream { get; init; }

    /// <summary>One sentence for people.</summary>
    public required string Message { get; init; }

    /// <summary>How many, for <c>events_dropped</c>; null when that is not known, and for other events.</summary>
    public long? Count { get; init; }

    /// <summary>How long, milliseconds, for <c>audio_gap</c>; by how much, for <c>clock_step</c>; null for other events.</summary>
    public long? LengthMs { get; init; }

    /// <summary>Id of the speaker that it is about: who is no more, for <c>speaker_merged</c>; whose voiceprint was erased, for <c>consent_ended</c> and <c>speaker_forgotten</c>; null for other events.</summary>
    public string? Speaker { get; init; }

    /// <summary>Id of the speaker who took over, for <c>speaker_merged</c>; null for other events.</summary>
    public string? MergedInto { get; init; }

    /// <summary>True when sent again from the record, not live.</summary>
    public bool Replayed { get; init; }
}

/// <summary>Kind of an event of a node.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<NodeEventType>))]
public enum NodeEventType
{
    /// <summary>A capture device went away.</summary>
    DeviceLost,

    /// <summary>It is back.</summary>
    DeviceBack,

    /// <summary>Audio was lost.</summary>
    AudioGap,

    /// <summary>Processing fell behind the audio.</summary>
    Overload,

    /// <summary>The system's clock was stepped.</summary>
    ClockStep,

    /// <summary>Two speakers turned out to be one.</summary>
    SpeakerMerged,

    /// <summary>Events were dropped before the broker had them.</summary>
    EventsDropped,

    /// <summary>The outbox cannot be written; events are kept in memory only.</summary>
    OutboxDegraded,

    /// <summary>The outbox works again.</summary>
    OutboxRecovered,

    /// <summary>Enrolled people cannot be recognised until they are enrolled again: the model or the key changed.</summary>
    EnrolmentNeeded,

    /// <summary>Consent ended and the voiceprint was erased.</summary>
    ConsentEnded,

    /// <summary>A person was erased.</summary>
    SpeakerForgotten,
}
