using System.Text.Json;
using System.Text.Json.Nodes;

namespace Diarizer.Training.Configuration;

/// <summary>
/// Stages of a configuration: <c>"stages": [ { … }, { … } ]</c>. Each is the rest of the file with the stage's keys in the place of its own (JSON merge patch, RFC 7396, in which
/// null removes a key), and starts from the averaged network of the stage before.
/// </summary>
internal static class Stages
{
    private const string Key = "stages";

    /// <summary>The configurations of all stages in order; the file's own when it has none.</summary>
    /// <param name="text">JSON, with comments and trailing commas.</param>
    /// <param name="source">What messages call it.</param>
    /// <exception cref="JsonException">It is not JSON.</exception>
    /// <exception cref="UserErrorException">The stages are no list of objects.</exception>
    public static IReadOnlyList<JsonElement> Split(string text, string source)
    {
        var options = new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
        if (JsonNode.Parse(text, documentOptions: options) is not JsonObject all)
            throw new JsonException("it must be a JSON object");
        if (!all.TryGetPropertyValue(Key, out var listed))
            return [Element(all)];
        if (listed is not JsonArray { Count: > 0 } stages || stages.Any(stage => stage is not JsonObject))
            throw new UserErrorException($"{source}: '{Key}' is to be a list of objects, each with the keys that the stage changes.");
        all.Remove(Key);
        return [.. stages.Select(stage => Element(Merge(all, (JsonObject)stage!)))];
    }

    private static JsonObject Merge(JsonObject target, JsonObject patch)
    {
        var merged = (JsonObject)target.DeepClone();
        foreach (var (key, value) in patch)
        {
            if (value is null)
                merged.Remove(key);
            else if (value is JsonObject inner)
                merged[key] = Merge(merged[key] as JsonObject ?? [], inner);
            else
                merged[key] = value.DeepClone();
        }
        return merged;
    }

    private static JsonElement Element(JsonObject node) => JsonSerializer.SerializeToElement(node);
}
