using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Diarizer.Service.Options;

namespace Diarizer.Service.Tuning;

/// <summary>Puts settings of the core into a configuration file; all else in it stays, but for comments.</summary>
internal static class SettingsFile
{
    private const string Section = "Diarization";

    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonDocumentOptions Leniency = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>The section alone, as JSON.</summary>
    public static string ToJson(IEnumerable<(OptionPath Path, double Value)> settings)
    {
        var root = new JsonObject();
        Put(root, settings);
        return root.ToJsonString(Format);
    }

    /// <summary>Writes a file, or the settings into one that exists. The result is checked as the daemon would, and the old file stays until it is good.</summary>
    /// <exception cref="UserErrorException">The file cannot be read or written, or its other settings are faulty.</exception>
    public static void Write(string path, IEnumerable<(OptionPath Path, double Value)> settings)
    {
        var part = path + ".part";
        try
        {
            var root = File.Exists(path) ? Parse(path) : new JsonObject();
            Put(root, settings);
            File.WriteAllText(part, root.ToJsonString(Format) + "\n");
            OptionsLoader.LoadForCommand(part);
            File.Move(part, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{path} cannot be written ({e.Message.TrimEnd('.')}); choose another place for --out.", e);
        }
        finally
        {
            File.Delete(part);
        }
    }

    private static JsonObject Parse(string path)
    {
        try
        {
            return JsonNode.Parse(File.ReadAllText(path), documentOptions: Leniency) as JsonObject
                ?? throw new UserErrorException($"{path} is not a configuration file, which is one JSON object; choose another place for --out.");
        }
        catch (JsonException e)
        {
            throw new UserErrorException($"{path} is not JSON ({e.Message.Split(" LineNumber")[0].TrimEnd('.')}, line {e.LineNumber + 1}); correct it or choose another place for --out.", e);
        }
    }

    private static void Put(JsonObject root, IEnumerable<(OptionPath Path, double Value)> settings)
    {
        foreach (var (path, value) in settings)
        {
            string[] groups = [DiarizerOptions.Section, Section, .. path.Name.Split(':')];
            var group = root;
            foreach (var name in groups[..^1])
            {
                var known = NameIn(group, name);
                if (group[known] is not JsonObject next)
                    group[known] = next = [];
                group = next;
            }

            group[NameIn(group, groups[^1])] = JsonSerializer.SerializeToNode(path.ToConfiguration(value));
        }
    }

    // Configuration keys do not care for case.
    private static string NameIn(JsonObject group, string name) => group.Select(p => p.Key).FirstOrDefault(k => k.Equals(name, StringComparison.OrdinalIgnoreCase)) ?? name;
}
