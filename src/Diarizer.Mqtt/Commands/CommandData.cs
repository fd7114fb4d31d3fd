using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Diarizer.Mqtt.Commands;

/// <summary>Reads JSON that strangers send, and says in one sentence what is wrong with it.</summary>
public static class CommandData
{
    /// <summary>Reads <paramref name="element"/> as a record; absent or <c>null</c> counts as <c>{}</c>.</summary>
    /// <param name="element">The JSON.</param>
    /// <param name="type">The record; its names are those of the JSON.</param>
    /// <param name="what">What the JSON is called in messages.</param>
    /// <exception cref="UserErrorException">A field is unknown, missing or of the wrong kind.</exception>
    public static T Read<T>(JsonElement element, JsonTypeInfo<T> type, string what = "data")
        where T : class
    {
        ArgumentNullException.ThrowIfNull(type);
        if (element.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
            element = JsonElement.Parse("{}");
        if (element.ValueKind != JsonValueKind.Object)
            throw new UserErrorException($"{what} must be an object.");
        var names = type.Properties.Select(p => p.Name).ToList();
        if (element.EnumerateObject().Select(p => p.Name).FirstOrDefault(n => !names.Contains(n)) is { } unknown)
            throw new UserErrorException($"{what} has no field \"{Clip(unknown)}\"; it may have: {string.Join(", ", names)}.");
        if (type.Properties.FirstOrDefault(p => p.IsRequired && !element.TryGetProperty(p.Name, out _)) is { } missing)
            throw new UserErrorException($"{what}.{missing.Name} is missing.");
        try
        {
            return element.Deserialize(type) ?? throw new UserErrorException($"{what} must be an object.");
        }
        catch (JsonException e)
        {
            throw new UserErrorException($"{what}{Clip(e.Path?.TrimStart('$') ?? "")} is not of the kind that it must be.", e);
        }
    }

    /// <summary>A stranger's text, shortened for messages and logs.</summary>
    internal static string Clip(string text) => ForeignText.Clip(text, 64);
}
