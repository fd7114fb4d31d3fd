using System.Text.Json;
using System.Text.Json.Serialization;

namespace Diarizer.Mqtt.Contract;

/// <summary>Writes an enumeration as its name in snake_case and accepts nothing else.</summary>
public sealed class SnakeCaseEnumConverter<TEnum>() : JsonStringEnumConverter<TEnum>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false)
    where TEnum : struct, Enum;
