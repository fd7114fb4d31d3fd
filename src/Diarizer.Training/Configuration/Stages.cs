using System.Text.Json;
using System.Text.Json.Nodes;

namespace Diarizer.Training.Configuration;

/// <summary>
/// What a configuration is put together from. <c>"base": "common.json"</c> names another file whose keys hold where this one has none.
/// Stages: <c>"stages": [ { … }, { … } ]</c>. Each is the rest of the file with the stage's keys in the place of its own (JSON merge patch, RFC 7396, in which
/// null removes a key), and starts from the averaged network of the stage before.
/// </summary>
internal static class Stages
{
    private const string Key = "stages", BaseKey = "base";
    private const int DeepestBase = 8;

    /// <summary>The configurations of all stages in order; the file's own when it has none.</summary>
    /// <exception cref="JsonException">The file, or one that it is based on, is not JSON.</exception>
    /// <exception cref="UserErrorException">A file is missing, or the stages are no list of objects.</exception>
    public static IReadOnlyList<JsonElement> Read(string source)
    {
        var all = Load(source, DeepestBase);
        if (!all.TryGetPropertyValue(Key, out var listed))
            return [Element(all)];
        if (listed is not JsonArray { Count: > 0 } stages || stages.Any(stage => stage is not JsonObject))
            throw new UserErrorException($"{source}: '{Key}' is to be a list of objects, each with the keys that the stage changes.");
        all.Remove(Key);
        return [.. stages.Select(stage => Element(Merge(all, (JsonObject)stage!)))];
    }

    private static JsonObject Load(string path, int deepest)
    {
        if (!File.Exists(path))
            throw new UserErrorException($"The configuration {path} does not exist; give a file such as training/embedder.json.");
        var options = new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
        if (JsonNode.Parse(File.ReadAllText(path), documentOptions: options) is not JsonObject own)
            throw new JsonException("it must be a JSON object");
        if (!own.Remove(BaseKey, out var named))
            return own;
        if (named is not JsonValue value || !value.TryGetValue(out string? file))
            throw new UserErrorException($"{path}: '{BaseKey}' is to be the name of a configuration, relative to this one.");
        if (deepest == 0)
            throw new UserErrorException($"{path}: the files name each other as '{BaseKey}' without end; at most {DeepestBase} may follow one another.");
        return Merge(Load(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, file), deepest - 1), own);
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
