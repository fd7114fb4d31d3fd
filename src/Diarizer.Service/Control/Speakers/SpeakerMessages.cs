using System.Text.Json.Serialization;
using Diarizer.Mqtt.Contract;
using Diarizer.Service.Identity;

namespace Diarizer.Service.Control.Speakers;

/// <summary>Consent as commands bring it; see <see cref="ConsentRecord.Read"/>.</summary>
public sealed record ConsentRequest
{
    /// <summary>What the voiceprint may be used for.</summary>
    public string? Purpose { get; init; }

    /// <summary>Who gave consent.</summary>
    public string? GivenBy { get; init; }

    /// <summary>On which day; null for today.</summary>
    public string? GivenAt { get; init; }

    /// <summary>Until which day, or for how many days (<c>365d</c>).</summary>
    public string? Expires { get; init; }
}

/// <summary><c>speaker/enroll</c>.</summary>
public sealed record EnrollRequest
{
    /// <summary>What the person is called.</summary>
    public required string Name { get; init; }

    /// <summary>That they agreed.</summary>
    public ConsentRequest? Consent { get; init; }

    /// <summary>A speaker of the running session who is that person: id or name.</summary>
    public string? Speaker { get; init; }

    /// <summary>The stream where they were heard; may be left out when there is only one.</summary>
    public string? Stream { get; init; }

    /// <summary>Recordings in the folder that is set aside for them.</summary>
    public IReadOnlyList<string>? Files { get; init; }

    /// <summary>Keep what is known of the person, too.</summary>
    public bool? Add { get; init; }

    /// <summary>Leave a second voice in a recording out.</summary>
    public bool? MainVoice { get; init; }
}

/// <summary><c>speaker/rename</c>.</summary>
public sealed record RenameRequest
{
    /// <summary>Id or name.</summary>
    public required string Speaker { get; init; }

    /// <summary>The new name; null takes the name of a speaker of the session away.</summary>
    public string? Name { get; init; }

    /// <summary>The stream; may be left out when there is only one, and for enrolled people.</summary>
    public string? Stream { get; init; }
}

/// <summary><c>speaker/merge</c>.</summary>
public sealed record MergeRequest
{
    /// <summary>The speaker who is no more: id or name.</summary>
    public required string Speaker { get; init; }

    /// <summary>The speaker, or enrolled person, who takes over: id or name.</summary>
    public required string Into { get; init; }

    /// <summary>The stream; may be left out when there is only one.</summary>
    public string? Stream { get; init; }
}

/// <summary><c>speaker/split</c>.</summary>
public sealed record SplitRequest
{
    /// <summary>The speaker who is two: id or name.</summary>
    public required string Speaker { get; init; }

    /// <summary><c>turn_id</c>s of the other one; null undoes the last merge.</summary>
    public IReadOnlyList<string>? Turns { get; init; }

    /// <summary>The stream; may be left out when there is only one.</summary>
    public string? Stream { get; init; }
}

/// <summary><c>speaker/forget</c> and <c>speaker/export</c>.</summary>
public sealed record SpeakerRequest
{
    /// <summary>Id or name.</summary>
    public required string Speaker { get; init; }

    /// <summary>The stream of a speaker who is not enrolled; may be left out when there is only one.</summary>
    public string? Stream { get; init; }
}

/// <summary>A speaker after a command.</summary>
/// <param name="Id">Id.</param>
/// <param name="Name">Name; null for none.</param>
/// <param name="Enrolled">True for an enrolled person.</param>
public sealed record SpeakerResult(string Id, string? Name, bool Enrolled)
{
    internal static SpeakerResult Of(int number, SpeakerNames names) => new(SpeakerMessage.IdOf(number), names.Of(number), number < 0);
}

/// <summary>A speaker who was forgotten.</summary>
/// <param name="Id">The id that was theirs.</param>
/// <param name="Erased">True when a voiceprint was erased.</param>
public sealed record ForgetResult(string Id, bool Erased);

/// <summary>Everybody who is enrolled.</summary>
/// <param name="Speakers">By number.</param>
public sealed record SpeakerList(IReadOnlyList<ProfileExport> Speakers);

/// <summary>Serialization of the speaker commands.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(EnrollRequest))]
[JsonSerializable(typeof(RenameRequest))]
[JsonSerializable(typeof(MergeRequest))]
[JsonSerializable(typeof(SplitRequest))]
[JsonSerializable(typeof(SpeakerRequest))]
[JsonSerializable(typeof(SpeakerResult))]
[JsonSerializable(typeof(ForgetResult))]
[JsonSerializable(typeof(ProfileExport))]
[JsonSerializable(typeof(SpeakerList))]
public sealed partial class SpeakerJson : JsonSerializerContext;
