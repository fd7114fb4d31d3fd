using System.Text.Json.Serialization;

namespace Diarizer.Mqtt.Contract;

/// <summary>The speakers of a session so far. Never holds voiceprints.</summary>
public sealed record SpeakersMessage
{
    /// <summary>Version of this contract.</summary>
    public string Schema { get; init; } = ContractVersion.Current;

    /// <summary>Identifies the session.</summary>
    public required string SessionId { get; init; }

    /// <summary>One entry for each speaker, by id.</summary>
    public required IReadOnlyList<HeardSpeaker> Speakers { get; init; }
}

/// <summary>A speaker of a session.</summary>
public sealed record HeardSpeaker
{
    /// <summary>Id within the session: <c>s1</c>, <c>s2</c>, …; <c>p1</c>, <c>p2</c>, … for enrolled people.</summary>
    public required string Id { get; init; }

    /// <summary>Name, if the speaker has one.</summary>
    public string? Name { get; init; }

    /// <summary>True for a person who was enrolled.</summary>
    public bool Enrolled { get; init; }

    /// <summary>Speech attributed so far, seconds with one decimal.</summary>
    public required double SpeechS { get; init; }

    /// <summary>When last heard, UTC.</summary>
    [JsonConverter(typeof(UtcMillisecondsConverter))]
    public required DateTimeOffset LastSeen { get; init; }
}
