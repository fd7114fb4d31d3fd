using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Diarizer.Service.Tests.EndToEnd;

/// <summary>Runs every command of docs/transcripts.md, in order and in one folder, and compares the results shown there.</summary>
[Collection(ExecutableCollection.Name)]
public partial class TranscriptDocumentationTests
{
    // The recogniser is not ours to test: this one "hears" the bundled conversation.
    private const string Whisper = """
        whisper() {
            case "$*" in
                *json*) echo '{"segments": [{"start": 0.68, "end": 4.55, "text": " Good morning everyone."}]}' > meeting.json ;;
                *) cp samples/conversation.srt meeting.srt ;;
            esac
        }

        """;

    [Fact]
    public void Every_command_does_what_the_page_shows()
    {
        using var folder = new TemporaryFolder();
        var samples = Path.GetDirectoryName(Sample.Path)!;
        // What is said over MQTT has tests of its own.
        var page = Mqtt().Replace(File.ReadAllText(Path.Combine(samples, "..", "docs", "transcripts.md")), "");
        Directory.CreateSymbolicLink(folder.File("samples"), samples);
        File.Copy(Sample.Path, folder.File("meeting.flac"));

        var results = new List<string>();
        foreach (var block in Block().Matches(page).Select(m => (Language: m.Groups[1].Value, Text: m.Groups[2].Value)))
        {
            if (block.Language == "sh")
                results.Add(Run(folder, block.Text));
            else
                Assert.Contains(block.Text.TrimEnd(), string.Join('\n', [.. results, .. Written(folder)]), StringComparison.Ordinal);
        }

        Assert.True(results.Count >= 6);
        Assert.Contains("[Ada]: ", File.ReadAllText(folder.File("meeting.named.srt")), StringComparison.Ordinal);
    }

    private static IEnumerable<string> Written(TemporaryFolder folder) =>
        Directory.EnumerateFiles(folder.Path).Where(file => Path.GetExtension(file) != ".flac").Select(File.ReadAllText);

    private static string Run(TemporaryFolder folder, string script)
    {
        var start = new ProcessStartInfo("bash", ["-euc", Whisper + script]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder.Path };
        start.Environment["PATH"] = $"{AppContext.BaseDirectory}:{Environment.GetEnvironmentVariable("PATH")}";
        using var bash = Process.Start(start)!;
        var errors = bash.StandardError.ReadToEndAsync();
        var output = bash.StandardOutput.ReadToEnd();
        bash.WaitForExit();
        Assert.True(bash.ExitCode == 0, $"{script}\n{output}\n{errors.Result}");
        return output;
    }

    [GeneratedRegex(@"^## Over MQTT.*?(?=^## )", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Mqtt();

    [GeneratedRegex(@"^```(\w+)\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
