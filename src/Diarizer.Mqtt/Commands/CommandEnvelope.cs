using System.Text.Json;
using System.Text.Json.Serialization;

namespace Diarizer.Mqtt.Commands;

/// <summary>What is sent to <c>request/&lt;command&gt;</c>.</summary>
public sealed record CommandRequest
{
    /// <summary>What the command needs.</summary>
    public JsonElement Data { get; init; }

    /// <summary>Anything short by which the sender recognises the response: a text or a number.</summary>
    public JsonElement Transaction { get; init; }
}

/// <summary>What comes back on <c>response/&lt;command&gt;</c>.</summary>
public sealed record CommandResponse
{
    /// <summary>What came of it; null after an error and when there is nothing to tell.</summary>
    public JsonElement? Data { get; init; }

    /// <summary>Done or not.</summary>
    public required CommandStatus Status { get; init; }

    /// <summary>Why not, one sentence; null when it was done.</summary>
    public string? Error { get; init; }

    /// <summary>That of the request; null when it had none.</summary>
    public JsonElement? Transaction { get; init; }
}

/// <summary>How a command ended.</summary>
[JsonConverter(typeof(Contract.SnakeCaseEnumConverter<CommandStatus>))]
public enum CommandStatus
{
    /// <summary>Done.</summary>
    Ok,

    /// <summary>Not done; nothing was changed.</summary>
    Error,
}

/// <summary>Serialization of commands. Contexts for the records of further commands take the same options.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(CommandRequest))]
[JsonSerializable(typeof(CommandResponse))]
public sealed partial class CommandJson : JsonSerializerContext;
