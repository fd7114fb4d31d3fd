using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Diarizer.Training.Configuration;

/// <summary>Reads a run's JSON file: unknown keys, wrong types and values out of bounds are said in one sentence.</summary>
internal static class ConfigurationFile
{
    /// <summary>camelCase keys, enumerations by name, comments and trailing commas allowed.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        PropertyNameCaseInsensitive = false,
        NumberHandling = JsonNumberHandling.Strict,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <exception cref="UserErrorException">The file is missing, not JSON, or an option is wrong.</exception>
    public static RunOptions Read(string path)
    {
        if (!File.Exists(path))
            throw new UserErrorException($"The configuration {path} does not exist; give a file such as training/embedder.json.");
        string text = File.ReadAllText(path);
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            KeyCheck.Check(document.RootElement, Json.GetTypeInfo(typeof(RunOptions)), path);
            var options = document.RootElement.Deserialize<RunOptions>(Json) ?? throw new UserErrorException($"{path} is empty; it must be a JSON object.");
            var check = new OptionCheck();
            options.Validate(check);
            if (check.Problems.Count > 0)
                throw new UserErrorException($"{path}: {string.Join("; ", check.Problems)}.");
            return options;
        }
        catch (JsonException error)
        {
            throw new UserErrorException($"{path} cannot be read: {error.Message.Split(" Path: ")[0].TrimEnd('.')} (at {error.Path ?? "the start"}, line {error.LineNumber + 1}).", error);
        }
    }
}
