using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Diarizer.Training.Configuration;

/// <summary>Finds keys that no option has, and names the one that was probably meant.</summary>
internal static class KeyCheck
{
    /// <exception cref="UserErrorException">A key is unknown.</exception>
    public static void Check(JsonElement element, JsonTypeInfo type, string source, string path = "")
    {
        if (element.ValueKind == JsonValueKind.Array && type.Kind == JsonTypeInfoKind.Enumerable && type.ElementType is { } item)
        {
            int index = 0;
            foreach (var child in element.EnumerateArray())
                Check(child, type.Options.GetTypeInfo(item), source, $"{path.TrimEnd('.')}[{index++}].");
        }
        if (element.ValueKind != JsonValueKind.Object || type.Kind != JsonTypeInfoKind.Object)
            return;
        foreach (var property in element.EnumerateObject())
        {
            var known = type.Properties.FirstOrDefault(p => p.Name == property.Name)
                ?? throw new UserErrorException($"{source}: the key '{path}{property.Name}' is unknown; did you mean '{Nearest(property.Name, type)}'?");
            if (property.Value.ValueKind == JsonValueKind.Null)
                throw new UserErrorException($"{source}: '{path}{property.Name}' is null; give a value or leave the key out.");
            Check(property.Value, type.Options.GetTypeInfo(known.PropertyType), source, $"{path}{property.Name}.");
        }
    }

    private static string Nearest(string name, JsonTypeInfo type) =>
        type.Properties.Select(p => p.Name).OrderBy(known => Distance(name, known)).First();

    /// <summary>Levenshtein distance.</summary>
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int substituted = diagonal + (char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substituted, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[^1];
    }
}
