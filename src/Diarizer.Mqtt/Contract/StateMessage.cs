using System.Text.Json.Serialization;

namespace Diarizer.Mqtt.Contract;

/// <summary>Who speaks now in a stream.</summary>
public sealed record StateMessage
{
    /// <summary>Version of this contract.</summary>
    public string Schema { get; init; } = ContractVersion.Current;

    /// <summary><c>seq</c> of the last turn event that this state takes in; 0 before the first.</summary>
    public required long Seq { get; init; }

    /// <summary>Identifies the session.</summary>
    public required string SessionId { get; init; }

    /// <summary>Ids of those who speak now, in order of their turns; <c>unknown</c> for a turn without a speaker yet.</summary>
    public required IReadOnlyList<string> Active { get; init; }

    /// <summary>Names of those in <see cref="Active"/>, one each; null for one without.</summary>
    public required IReadOnlyList<string?> Names { get; init; }

    /// <summary>How many speakers the session has had so far.</summary>
    public required int SpeakerCount { get; init; }

    /// <summary>Since when <see cref="Active"/> is as it is, UTC.</summary>
    [JsonConverter(typeof(UtcMillisecondsConverter))]
    public required DateTimeOffset Since { get; init; }
}
