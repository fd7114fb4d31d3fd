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

    /// <summary>A configuration with one stage.</summary>
    /// <exception cref="UserErrorException">The file is missing, not JSON, an option is wrong, or it has several stages.</exception>
    public static RunOptions Read(string path) => ReadStages(path) is [var only] ? only
        : throw new UserErrorException($"{path} has several stages; only diarizer-train train takes such a file.");

    /// <summary>The options of every stage in order; see <see cref="Stages"/>.</summary>
    /// <exception cref="UserErrorException">The file is missing, not JSON, or an option is wrong.</exception>
    public static IReadOnlyList<RunOptions> ReadStages(string path)
    {
        try
        {
            var stages = Stages.Read(path);
            return [.. stages.Select((stage, i) => Parse(stage, stages.Count == 1 ? path : $"{path}, stage {i + 1}"))];
        }
        catch (JsonException error)
        {
            string place = error.Path is { } key ? $"at {key}" : $"line {error.LineNumber + 1}";
            throw new UserErrorException($"{path} cannot be read: {error.Message.Split([" Path: ", " LineNumber: "], StringSplitOptions.None)[0].TrimEnd('.')} ({place}).", error);
        }
    }

    private static RunOptions Parse(JsonElement element, string source)
    {
        KeyCheck.Check(element, Json.GetTypeInfo(typeof(RunOptions)), source);
        var options = element.Deserialize<RunOptions>(Json) ?? throw new UserErrorException($"{source} is empty; it must be a JSON object.");
        var check = new OptionCheck();
        options.Validate(check);
        return check.Problems.Count == 0 ? options : throw new UserErrorException($"{source}: {string.Join("; ", check.Problems)}.");
    }
}
