using System.Text.Json.Serialization;

namespace Diarizer.Mqtt.Contract;

/// <summary>Serialization of the contract, generated at compile time: snake_case names, null written out, no reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(TurnMessage))]
[JsonSerializable(typeof(StateMessage))]
[JsonSerializable(typeof(InfoMessage))]
[JsonSerializable(typeof(HealthMessage))]
[JsonSerializable(typeof(EventMessage))]
[JsonSerializable(typeof(SpeakersMessage))]
public sealed partial class ContractJson : JsonSerializerContext;
