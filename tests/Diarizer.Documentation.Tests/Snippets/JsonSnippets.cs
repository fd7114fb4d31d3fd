using System.Text.Json;
using Diarizer.Documentation.Tests.Pages;
using Diarizer.Documentation.Tests.Shell;
using Diarizer.Service.Options;
using Diarizer.Service.Tuning;
using Diarizer.Tests.Shared;

namespace Diarizer.Documentation.Tests.Snippets;

/// <summary>Blocks of JSON: configurations of the daemon and of the trainer, spaces of a search, messages of the contract, and parts of what a command printed.</summary>
internal static class JsonSnippets
{
    private static readonly string[] Sections = [DiarizerOptions.Section, "Logging"];

    /// <summary>What is wrong, or null.</summary>
    public static string? Problem(Snippet snippet, Sandbox sandbox)
    {
        if (Parse(snippet.Text) is not { ValueKind: JsonValueKind.Object } json)
            return OfLines(snippet.Text, sandbox);
        List<string> names = [.. json.EnumerateObject().Select(member => member.Name)];
        if (names.All(Sections.Contains))
            return Configuration(snippet, sandbox, hasStreams: snippet.Text.Contains("\"Streams\"", StringComparison.Ordinal));
        if (names.All(name => name.Contains(':', StringComparison.Ordinal)))
            return Try(() => SearchSpace.Parse(snippet.Text, $"{snippet}"));
        return names.Contains("embedder") ? TrainerConfiguration(snippet.Text, json.TryGetProperty("name", out var name) ? name.GetString() : null, sandbox) : ContractCheck.Current.SuitsAny(json) ? null : OfLines(snippet.Text, sandbox);
    }

    // As the daemon takes it; one with rooms is what the page goes on with.
    private static string? Configuration(Snippet snippet, Sandbox sandbox, bool hasStreams)
    {
        var path = sandbox.File(hasStreams ? "root/etc/diarizer/appsettings.json" : "part.json");
        // Credentials are systemd's to hand over.
        File.WriteAllText(path, sandbox.Localise(snippet.Text).Replace("\"mqtt-password\"", $"\"{sandbox.File("root/credentials/mqtt-password")}\"", StringComparison.Ordinal));
        return Try(() => OptionsLoader.Load(path, new CommandLineOverrides(Sources: hasStreams ? null : ["alsa:default"])));
    }

    // A whole one has a name, and commands go on with it; a part stands beside those that ship, for what it names relative to itself.
    private static string? TrainerConfiguration(string text, string? name, Sandbox sandbox)
    {
        var path = sandbox.File(name is null ? "training/systems/part.json" : name + ".json");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, name is null ? "{ \"name\": \"part\"," + text.TrimStart().TrimStart('{') : text);
        return Try(() => Training.Configuration.ConfigurationFile.ReadStages(path));
    }

    // A message a line, or a part of what was printed or written.
    private static string? OfLines(string text, Sandbox sandbox)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (lines.All(line => Parse(line) is { } json && ContractCheck.Current.SuitsAny(json)))
            return null;
        return string.Join('\n', [.. sandbox.Printed, .. sandbox.Written]).Contains(text.TrimEnd(), StringComparison.Ordinal)
            ? null : "this is no configuration, no space of a search, no message of the contract, and nothing that a command printed";
    }

    private static JsonElement? Parse(string text)
    {
        try
        {
            return JsonElement.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Try(Action read)
    {
        try
        {
            read();
            return null;
        }
        catch (InvalidOptionsException e)
        {
            return string.Join('\n', e.Problems);
        }
        catch (UserErrorException e)
        {
            return e.Message;
        }
    }
}
