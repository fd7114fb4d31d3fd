using System.Text.Json.Serialization;

namespace Diarizer.Mqtt.HomeAssistant;

/// <summary>An entity. Which fields are of use depends on <see cref="Platform"/>.</summary>
public sealed record DiscoveryComponent
{
    /// <summary><c>event</c>, <c>binary_sensor</c>, <c>sensor</c>, <c>switch</c> or <c>button</c>.</summary>
    [JsonPropertyName("p")]
    public required string Platform { get; init; }

    /// <summary>Recognises the entity for ever, so that what its user changed stays.</summary>
    public string? UniqueId { get; init; }

    /// <summary>Name, after that of the device.</summary>
    public string? Name { get; init; }

    /// <summary>Kind, as Home Assistant knows it.</summary>
    public string? DeviceClass { get; init; }

    /// <summary><c>diagnostic</c>, or null for what the device is there for.</summary>
    public string? EntityCategory { get; init; }

    /// <summary>Icon, <c>mdi:…</c>.</summary>
    public string? Icon { get; init; }

    /// <summary>Where the state comes from.</summary>
    public string? StateTopic { get; init; }

    /// <summary>Makes the state of a message (Jinja).</summary>
    public string? ValueTemplate { get; init; }

    /// <summary>Kinds of events that there are.</summary>
    public IReadOnlyList<string>? EventTypes { get; init; }

    /// <summary><c>measurement</c> for numbers that have a history.</summary>
    public string? StateClass { get; init; }

    /// <summary>Unit of a number.</summary>
    public string? UnitOfMeasurement { get; init; }

    /// <summary>Decimals shown.</summary>
    public int? SuggestedDisplayPrecision { get; init; }

    /// <summary>Where commands go.</summary>
    public string? CommandTopic { get; init; }

    /// <summary>What switches on.</summary>
    public string? PayloadOn { get; init; }

    /// <summary>What switches off.</summary>
    public string? PayloadOff { get; init; }

    /// <summary>The state of a switch that is on.</summary>
    public string? StateOn { get; init; }

    /// <summary>The state of a switch that is off.</summary>
    public string? StateOff { get; init; }

    /// <summary>What a button sends.</summary>
    public string? PayloadPress { get; init; }

    /// <summary>When it can be used.</summary>
    public IReadOnlyList<DiscoveryAvailability>? Availability { get; init; }

    /// <summary><c>all</c>: every availability topic must say so.</summary>
    public string? AvailabilityMode { get; init; }
}
