using System.Text.RegularExpressions;

namespace Diarizer.Service.Tests.EndToEnd;

/// <summary>Whatever a user gets wrong: exit code 2, sentences that say what, no stack trace, no hang. All with the real executable.</summary>
[Collection(ExecutableCollection.Name)]
public partial class BadInputTests
{
    private static string[] Refused(string[] arguments, Dictionary<string, string>? environment = null)
    {
        var (exitCode, output, errors) = DiarizerProcess.RunWith(environment ?? [], arguments);
        Assert.True(exitCode == 2, $"Exit code {exitCode}.\n{output}\n{errors}");
        var lines = errors.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => !LogLine().IsMatch(line)).ToArray();
        Assert.NotEmpty(lines);
        Assert.All(lines, line => Assert.StartsWith("diarizer: ", line, StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", errors, StringComparison.Ordinal);
        return lines;
    }

    private static void RefusedWith(string part, params string[] arguments) => Assert.Contains(part, Assert.Single(Refused(arguments)), StringComparison.Ordinal);

    [GeneratedRegex(@"^\d\d:\d\d:\d\d")]
    private static partial Regex LogLine();

    private static string CopyModels(TemporaryFolder folder)
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "models")))
            File.Copy(file, folder.File(Path.GetFileName(file)));
        return folder.Path;
    }

    private static string WeightsOf(string models, string kind) =>
        Path.ChangeExtension(Directory.EnumerateFiles(models, "*.json").Single(f => File.ReadAllText(f).Contains($"\"{kind}\"", StringComparison.Ordinal)), ".safetensors");

    [Fact]
    public void No_option_takes_a_password()
    {
        var (exitCode, output, _) = DiarizerProcess.Run("run", "--help");
        Assert.Equal(0, exitCode);
        Assert.Contains("--broker", output, StringComparison.Ordinal);
        Assert.DoesNotContain("password", output, StringComparison.OrdinalIgnoreCase);
        RefusedWith("--password", "run", "--password", "hush");
    }

    [Fact]
    public void A_mistyped_command() => RefusedWith("did you mean score?", "scor");

    [Fact]
    public void A_mistyped_flag() => RefusedWith("did you mean --source?", "run", "--soruce", "talk.flac");

    [Fact]
    public void A_flag_of_the_wrong_kind() => RefusedWith("--collar", "score", "a.rttm", "b.rttm", "--collar", "wide");

    [Fact]
    public void An_argument_left_out() => RefusedWith("file", "file");

    [Fact]
    public void A_file_that_does_not_exist() => RefusedWith("does not exist", "file", "/nonexistent/talk.flac");

    [Fact]
    public void An_empty_folder()
    {
        using var folder = new TemporaryFolder();
        RefusedWith("holds no", "file", folder.Path);
    }

    [Theory]
    [InlineData("text.wav", "This is a shopping list: bread, butter, and a microphone.")]
    [InlineData("empty.flac", "")]
    public void A_file_that_is_no_audio(string name, string content)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write(name, content);
        RefusedWith(name, "file", path);
        RefusedWith(name, "run", "--source", path);
        RefusedWith(name, "vad", path, "--frames", folder.File("out.npy"));
    }

    [Fact]
    public void A_microphone_that_does_not_exist() => RefusedWith("no-such-card", "run", "--source", "alsa:hw:no-such-card");

    [Fact]
    public void A_kind_of_source_that_does_not_exist() => RefusedWith("telepathy", "run", "--source", "telepathy:default");

    [Fact]
    public void A_device_that_does_not_exist() => RefusedWith("auto, cpu or cuda", "run", "--source", Sample.Path, "--device", "abacus");

    [Fact]
    public void A_broker_that_is_no_address() => RefusedWith("HOST:PORT", "run", "--source", Sample.Path, "--broker", "here:there");

    [Fact]
    public void A_port_that_is_occupied()
    {
        using var broker = new Broker();
        var lines = Refused(["run", "--source", Sample.Path], new() { ["DIARIZER__MQTT__PORT"] = $"{broker.Port}" });
        Assert.Contains($":{broker.Port}", Assert.Single(lines), StringComparison.Ordinal);
    }

    [Fact]
    public void A_models_folder_that_does_not_exist() => RefusedWith("/nonexistent", "run", "--source", Sample.Path, "--model-dir", "/nonexistent");

    [Fact]
    public void A_models_folder_that_is_empty()
    {
        using var folder = new TemporaryFolder();
        RefusedWith("holds no .safetensors", "file", Sample.Path, "--model-dir", folder.Path);
    }

    [Fact]
    public void A_model_that_is_missing()
    {
        using var folder = new TemporaryFolder();
        File.Delete(WeightsOf(CopyModels(folder), "speaker-embedding"));
        RefusedWith("speaker embedding", "run", "--source", Sample.Path, "--model-dir", folder.Path);
    }

    [Theory]
    [InlineData("speaker-embedding")]
    [InlineData("voice-activity")]
    public void Broken_weights(string kind)
    {
        using var folder = new TemporaryFolder();
        var weights = WeightsOf(CopyModels(folder), kind);
        File.WriteAllBytes(weights, File.ReadAllBytes(weights)[..^1000]);
        RefusedWith(weights, "run", "--source", Sample.Path, "--model-dir", folder.Path);
    }

    [Fact]
    public void Weights_of_another_shape()
    {
        using var folder = new TemporaryFolder();
        var card = Path.ChangeExtension(WeightsOf(CopyModels(folder), "voice-activity"), ".json");
        var text = File.ReadAllText(card);
        File.WriteAllText(card, Hidden().Replace(text, "\"hiddenSize\": 32"));
        Assert.NotEqual(text, File.ReadAllText(card));
        RefusedWith("safetensors", "run", "--source", Sample.Path, "--model-dir", folder.Path);
    }

    [GeneratedRegex("\"hiddenSize\": \\d+")]
    private static partial Regex Hidden();

    [Fact]
    public void A_configuration_that_does_not_exist() => RefusedWith("--config", "run", "--config", "/nonexistent.json");

    [Fact]
    public void A_configuration_that_is_no_json()
    {
        using var folder = new TemporaryFolder();
        RefusedWith("cannot be read", "run", "--config", folder.Write("a.json", "Streams: [alsa:default]"));
    }

    [Fact]
    public void Everything_wrong_in_a_configuration_at_once()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("a.json", """
            { "Diarizer": {
                "Devise": "cpu", "Threads": "two",
                "Streams": [ { "Name": "Hall 1", "Sorce": "alsa:default" } ],
                "Embedding": { "MaxBatch": 0 },
                "Diarization": { "Turns": { "MergeGap": 99 } },
                "Mqtt": { "Prot": 1883, "Node": "Big Node" } } }
            """);
        var lines = Refused(["run", "--config", path]);
        string[] parts =
        [
            "Diarizer:Devise is not a known setting; did you mean Device?", "Diarizer:Threads is \"two\"", "did you mean Source?", "Hall 1", "Streams:0:Source is empty", "MaxBatch is 0",
            "MergeGap is 99", "did you mean Port?", "Big Node",
        ];
        Assert.All(parts, part => Assert.Contains(lines, line => line.Contains(part, StringComparison.Ordinal)));
        Assert.Equal(parts.Length, lines.Length);
    }

    [Fact]
    public void An_unknown_variable_of_the_environment() =>
        Assert.Contains("did you mean Device?", Assert.Single(Refused(["run", "--source", Sample.Path], new() { ["DIARIZER__DEVCE"] = "cpu" })), StringComparison.Ordinal);

    [Fact]
    public void Several_things_that_cannot_be_opened_are_told_at_once()
    {
        var lines = Refused(["run", "--source", "a=/nonexistent/a.flac", "--source", "b=/nonexistent/b.flac", "--model-dir", "/nonexistent/models"]);
        Assert.Equal(3, lines.Length);
    }

    [Fact]
    public void Turns_that_are_no_rttm()
    {
        using var folder = new TemporaryFolder();
        RefusedWith("line 1", "score", folder.Write("a.rttm", "who spoke when?\n"), folder.Write("b.rttm", ""));
    }

    [Fact]
    public void A_place_that_cannot_be_written() => RefusedWith("--rttm", "file", Sample.Path, "--rttm", "/nonexistent/out.rttm");
}
