using System.Text.Json.Serialization;

namespace Diarizer.Mqtt.HomeAssistant;

/// <summary>
/// What Home Assistant is told of a node: one device with all its entities (device discovery, Home Assistant 2024.11 and newer). Names of fields are those of
/// its documentation; fields that are null are left out.
/// </summary>
public sealed record DiscoveryMessage
{
    /// <summary>The device.</summary>
    [JsonPropertyName("dev")]
    public required DiscoveryDevice Device { get; init; }

    /// <summary>Who speaks.</summary>
    [JsonPropertyName("o")]
    public required DiscoveryOrigin Origin { get; init; }

    /// <summary>The entities, by an id that stays. One that holds nothing but its platform is removed.</summary>
    [JsonPropertyName("cmps")]
    public required IReadOnlyDictionary<string, DiscoveryComponent> Components { get; init; }

    /// <summary>QoS of all subscriptions and commands of the entities.</summary>
    public int Qos { get; init; } = 1;
}

/// <summary>A device.</summary>
/// <param name="Identifiers">By which it is recognised.</param>
/// <param name="Name">Its name; names and ids of the entities begin with it.</param>
/// <param name="Manufacturer">Who made it.</param>
/// <param name="Model">What it is.</param>
/// <param name="SwVersion">Version of the daemon.</param>
public sealed record DiscoveryDevice(IReadOnlyList<string> Identifiers, string Name, string Manufacturer, string Model, string SwVersion);

/// <summary>The program that a discovery message comes from; Home Assistant logs it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="SwVersion">Its version.</param>
public sealed record DiscoveryOrigin(string Name, string SwVersion);

/// <summary>A topic that says whether an entity can be used.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="ValueTemplate">Makes <c>online</c> or <c>offline</c> of what is there; null when it is just that.</param>
public sealed record DiscoveryAvailability(string Topic, string? ValueTemplate = null);

/// <summary>Serialization of discovery messages: snake_case names, null left out.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DiscoveryMessage))]
public sealed partial class DiscoveryJson : JsonSerializerContext;
