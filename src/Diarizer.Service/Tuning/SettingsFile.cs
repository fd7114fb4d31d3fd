using System.Text;
using System.Text.Json;
using Diarizer.Service.Options;

namespace Diarizer.Service.Tuning;

/// <summary>Puts settings of the core into a configuration file; all else in it stays as it was written, comments included.</summary>
internal static class SettingsFile
{
    private const string Section = "Diarization";

    /// <summary>The section alone, as JSON.</summary>
    public static string ToJson(IEnumerable<(OptionPath Path, double Value)> settings) => Put(new JsonText("{}"), settings);

    /// <summary>Writes a file, or the settings into one that exists. The result is checked as the daemon would, and the old file stays until it is good.</summary>
    /// <exception cref="UserErrorException">The file cannot be read or written, or its other settings are faulty.</exception>
    public static void Write(string path, IEnumerable<(OptionPath Path, double Value)> settings)
    {
        var part = path + ".part";
        try
        {
            var (text, encoding) = File.Exists(path) ? Read(path) : ("{}\n", new UTF8Encoding(false));
            File.WriteAllText(part, Put(Parse(text, path), settings), encoding);
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

    private static (string Text, Encoding Encoding) Read(string path)
    {
        using var reader = new StreamReader(path, new UTF8Encoding(false), detectEncodingFromByteOrderMarks: true);
        return (reader.ReadToEnd(), reader.CurrentEncoding);
    }

    private static JsonText Parse(string text, string path)
    {
        try
        {
            return new JsonText(text);
        }
        catch (JsonException e) when (e.LineNumber is null)
        {
            throw new UserErrorException($"{path} is not a configuration file, which is one JSON object; choose another place for --out.", e);
        }
        catch (JsonException e)
        {
            throw new UserErrorException($"{path} is not JSON ({e.Message.Split(" LineNumber")[0].TrimEnd('.')}, line {e.LineNumber + 1}); correct it or choose another place for --out.", e);
        }
    }

    private static string Put(JsonText text, IEnumerable<(OptionPath Path, double Value)> settings)
    {
        foreach (var (path, value) in settings)
            text.Set([DiarizerOptions.Section, Section, .. path.Name.Split(':')], JsonSerializer.Serialize(path.ToConfiguration(value)));
        return text.ToString();
    }
}
