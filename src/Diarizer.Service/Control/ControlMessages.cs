using System.Text.Json.Serialization;
using Diarizer.Mqtt.Contract;

namespace Diarizer.Service.Control;

/// <summary>A command to one stream.</summary>
public sealed record StreamRequest
{
    /// <summary>Name of the stream; may be left out when there is only one.</summary>
    public string? Stream { get; init; }
}

/// <summary>What <c>stream/mute</c> is told.</summary>
public sealed record MuteRequest
{
    /// <summary>Name of the stream; may be left out when there is only one.</summary>
    public string? Stream { get; init; }

    /// <summary>False hears it again; true when left out.</summary>
    public bool? Muted { get; init; }
}

/// <summary>A command that needs nothing.</summary>
public sealed record EmptyRequest;

/// <summary>A session that a command began or ended.</summary>
/// <param name="Stream">Name of the stream.</param>
/// <param name="SessionId">The session.</param>
public sealed record SessionResult(string Stream, string SessionId);

/// <summary>How a stream is after a command.</summary>
/// <param name="Stream">Name of the stream.</param>
/// <param name="Status">How it is doing.</param>
public sealed record StreamResult(string Stream, [property: JsonConverter(typeof(SnakeCaseEnumConverter<StreamStatus>))] StreamStatus Status);

/// <summary>What a reload of the configuration did.</summary>
/// <param name="Applied">Keys whose new values hold: for the thresholds of the core from the next session on.</param>
/// <param name="RestartNeeded">Keys that differ and take effect when the daemon starts again.</param>
public sealed record ReloadResult(IReadOnlyList<string> Applied, IReadOnlyList<string> RestartNeeded);

/// <summary>Serialization of the control commands.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(StreamRequest))]
[JsonSerializable(typeof(MuteRequest))]
[JsonSerializable(typeof(EmptyRequest))]
[JsonSerializable(typeof(SessionResult))]
[JsonSerializable(typeof(StreamResult))]
[JsonSerializable(typeof(ReloadResult))]
[JsonSerializable(typeof(HealthMessage))]
public sealed partial class ControlJson : JsonSerializerContext;
