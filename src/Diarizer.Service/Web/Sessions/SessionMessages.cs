using System.Text.Json.Serialization;
using Diarizer.Mqtt.Contract;

namespace Diarizer.Service.Web.Sessions;

/// <summary>A session in the list of those that can be had.</summary>
/// <param name="Stream">Name of the stream.</param>
/// <param name="SessionId">The session.</param>
/// <param name="StartedAt">UTC of its first sample.</param>
/// <param name="LengthMs">Its length; null while it runs.</param>
/// <param name="Turns">Turns that are remembered.</param>
/// <param name="Speakers">Speakers who were heard.</param>
internal sealed record SessionEntry(
    string Stream, string SessionId, [property: JsonConverter(typeof(UtcMillisecondsConverter))] DateTimeOffset StartedAt, long? LengthMs, int Turns, int Speakers);

/// <summary>Serialization of the list.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(IReadOnlyList<SessionEntry>))]
internal sealed partial class SessionJson : JsonSerializerContext;
