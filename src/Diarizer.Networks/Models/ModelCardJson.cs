using System.Text.Json;
using System.Text.Json.Serialization;

namespace Diarizer.Networks.Models;

/// <summary>Reads and writes model cards.</summary>
internal static class ModelCardJson
{
    public static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static ModelCard Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<ModelCard>(File.ReadAllBytes(path), Options)
                ?? throw new UserErrorException($"The model card {path} is empty; get or make it again.");
        }
        catch (JsonException e)
        {
            throw new UserErrorException($"The model card {path} is not a valid card ({Where(e)}); correct it or get it again.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new UserErrorException($"The model card {path} cannot be read ({e.Message}); a model needs its .json beside its .safetensors.", e);
        }
    }

    public static void Write(string path, ModelCard card)
    {
        string draft = path + ".part";
        File.WriteAllText(draft, JsonSerializer.Serialize(card, Options) + "\n");
        File.Move(draft, path, overwrite: true);
    }

    /// <summary>The place and cause of a JSON error, in one clause.</summary>
    public static string Where(JsonException e) => e.Message.Split(" Path:")[0].TrimEnd('.') + (e.Path is null ? "" : $" at {e.Path}");
}
