using System.Text.Json.Serialization;
using Diarizer.Streaming.Events;

namespace Diarizer.Mqtt.Contract;

/// <summary>A turn event, flat. Consumers keep, for each <see cref="TurnId"/>, the event with the highest <see cref="Revision"/>.</summary>
public sealed record TurnMessage
{
    /// <summary>Version of this contract.</summary>
    public string Schema { get; init; } = ContractVersion.Current;

    /// <summary>What happened.</summary>
    public required TurnEventType EventType { get; init; }

    /// <summary>Identifies the event; a message with an id seen before is a duplicate.</summary>
    public required string Id { get; init; }

    /// <summary>Number of the event within the session, from 1; a hole means a lost event.</summary>
    public required long Seq { get; init; }

    /// <summary>Identifies the run of the daemon.</summary>
    public required string BootId { get; init; }

    /// <summary>Identifies the session.</summary>
    public required string SessionId { get; init; }

    /// <summary>Name of the stream.</summary>
    public required string Stream { get; init; }

    /// <summary>Identifies the turn, unique over sessions.</summary>
    public required string TurnId { get; init; }

    /// <summary>0 in the first event of the turn, one more with each later one.</summary>
    public required int Revision { get; init; }

    /// <summary>True once the turn has ended; only a <c>turn_revised</c> can change it after that.</summary>
    public required bool Final { get; init; }

    /// <summary>Who speaks.</summary>
    public required SpeakerMessage Speaker { get; init; }

    /// <summary>First instant, UTC.</summary>
    [JsonConverter(typeof(UtcMillisecondsConverter))]
    public required DateTimeOffset Start { get; init; }

    /// <summary>Last instant known, UTC. A <c>turn_revised</c> whose end equals its start withdraws the turn: there is none.</summary>
    [JsonConverter(typeof(UtcMillisecondsConverter))]
    public required DateTimeOffset End { get; init; }

    /// <summary>First instant on the sample clock, milliseconds since the stream started.</summary>
    public required long StartMs { get; init; }

    /// <summary>Last instant known on the sample clock, milliseconds since the stream started.</summary>
    public required long EndMs { get; init; }

    /// <summary>Ids of the other speakers who speak during this turn, as far as known.</summary>
    public required IReadOnlyList<string> Overlap { get; init; }

    /// <summary>Why it ended; null until it has.</summary>
    [JsonConverter(typeof(SnakeCaseEnumConverter<TurnEndReason>))]
    public TurnEndReason? EndReason { get; init; }

    /// <summary>The turn that this one became part of; null if none.</summary>
    public string? MergedInto { get; init; }

    /// <summary>Time from what the event tells (onset for started and updated, end for ended and revised) to its publication, milliseconds.</summary>
    public required long LatencyMs { get; init; }

    /// <summary>True when sent again from the record, not live.</summary>
    public bool Replayed { get; init; }
}

/// <summary>A speaker as far as known.</summary>
public sealed record SpeakerMessage
{
    /// <summary>Id of the speaker that stands for nobody yet.</summary>
    public const string UnknownId = "unknown";

    /// <summary>Id within the session (<c>s1</c>, <c>s2</c>, …); that of an enrolled person (<c>p1</c>, <c>p2</c>, …), the same in every session; or <c>unknown</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Name, if the speaker has one.</summary>
    public string? Name { get; init; }

    /// <summary>True for a person who was enrolled.</summary>
    public bool Enrolled { get; init; }

    /// <summary>Calibrated confidence in [0, 1], three decimals; 0 while unknown.</summary>
    public required double Confidence { get; init; }

    /// <summary>False while provisional: too little speech was heard to be sure.</summary>
    public required bool Decided { get; init; }

    /// <summary>The id of a speaker number: <c>s&lt;number&gt;</c>; <c>p&lt;number&gt;</c> for one below 0, an enrolled person; <c>unknown</c> for 0.</summary>
    public static string IdOf(int number) => number switch { 0 => UnknownId, > 0 => $"s{number}", _ => $"p{-number}" };
}

/// <summary>Kind of a turn event.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<TurnEventType>))]
public enum TurnEventType
{
    /// <summary>The turn began.</summary>
    TurnStarted,

    /// <summary>Speaker or extent changed while it goes on.</summary>
    TurnUpdated,

    /// <summary>It ended.</summary>
    TurnEnded,

    /// <summary>It was corrected after its end, or withdrawn; the first event of a turn that nobody heard while it went on.</summary>
    TurnRevised,
}
