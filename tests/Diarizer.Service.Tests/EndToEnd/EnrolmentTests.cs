using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Diarizer.Audio.Files;

namespace Diarizer.Service.Tests.EndToEnd;

/// <summary>Enrolment as a user does it: the real executable, a real broker, the bundled conversation.</summary>
[Collection(ExecutableCollection.Name)]
public sealed class EnrolmentTests : IDisposable
{
    private const string Name = "Ada Quillfeather";

    private static readonly string[] Consent = ["--purpose", "minutes of meetings", "--given-by", Name, "--expires", "30d"];

    // Where Ada speaks alone (samples/conversation.rttm).
    private static readonly (double Start, double Seconds)[] Ada = [(27.27, 3.0), (49.22, 2.8), (59.22, 2.1), (80.68, 3.3)];

    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string> _environment;

    public EnrolmentTests()
    {
        _environment = new() { ["STATE_DIRECTORY"] = State, ["DIARIZER__ENROLMENT__KEYFILE"] = _folder.File("key") };
    }

    private string State => _folder.File("state");

    public void Dispose() => _folder.Dispose();

    private (int ExitCode, string Output, string Errors) Run(params string[] arguments) => DiarizerProcess.RunWith(_environment, arguments);

    private string Recording(string name, params (double Start, double Seconds)[] parts)
    {
        var path = _folder.File(name);
        WavWriter.WriteMono(path, [.. parts.SelectMany(p => Sample.Cut(p.Start, p.Seconds).Concat(new float[4000]))]);
        return path;
    }

    private void EnrolAda()
    {
        Assert.Equal(0, Run("key", _folder.File("key")).ExitCode);
        var (exitCode, output, errors) = Run(["enroll", Name, Recording("ada.wav", Ada), .. Consent]);
        Assert.True(exitCode == 0, errors);
        Assert.Contains($"{Name} is enrolled as p1", output, StringComparison.Ordinal);
    }

    private bool IsInState(string text) => Directory.EnumerateFiles(State, "*", SearchOption.AllDirectories)
        .Any(file => File.ReadAllBytes(file).AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0);

    [Fact]
    public void A_person_is_enrolled_recognised_exported_and_forgotten()
    {
        EnrolAda();
        Assert.Contains("recognised", Run("speakers").Output, StringComparison.Ordinal);

        // Where she was not enrolled from; Boris speaks before and after.
        var talk = Recording("talk.wav", (0.6, 9.4), (68.18, 3.3));
        var (_, lines, errors) = Run("file", talk, "--json", "--rttm", _folder.File("talk.rttm"));
        Assert.DoesNotContain("not recognised", errors, StringComparison.Ordinal);
        var turns = lines.Split('\n').Select(line => JsonDocument.Parse(line).RootElement).ToList();
        var first = turns.First(t => t.GetProperty("speaker").GetProperty("decided").GetBoolean()).GetProperty("speaker");
        Assert.Equal((Name, "p1", true), (first.GetProperty("name").GetString(), first.GetProperty("id").GetString(), first.GetProperty("enrolled").GetBoolean()));
        Assert.Contains(turns, t => t.GetProperty("speaker").GetProperty("name").ValueKind == JsonValueKind.Null && t.GetProperty("start").GetDouble() is > 4 and < 10);
        Assert.Contains(File.ReadLines(_folder.File("talk.rttm")), line => line.Contains("Ada_Quillfeather", StringComparison.Ordinal));
        Assert.DoesNotContain(Name, Run("file", talk, "--no-speakers").Output, StringComparison.Ordinal);

        var export = JsonDocument.Parse(Run("export", "ada quillfeather").Output).RootElement;
        Assert.Equal("minutes of meetings", export.GetProperty("consent").GetProperty("purpose").GetString());
        Assert.False(export.TryGetProperty("voiceprint", out _));
        Assert.Equal(2, Run("export", "p1", "--voiceprint").ExitCode);
        Assert.Equal(0, Run("export", "p1", "--voiceprint", "-o", _folder.File("ada.json")).ExitCode);
        var whole = JsonDocument.Parse(File.ReadAllText(_folder.File("ada.json"))).RootElement;
        Assert.Equal(export.GetProperty("embeddings").GetInt32(), whole.GetProperty("voiceprint").GetArrayLength());
        Assert.Equal(Name, whole.GetProperty("name").GetString());

        // A daemon without a broker leaves her name in its outbox.
        using (var daemon = DiarizerProcess.Start(["run", "--source", talk, "--broker", $"127.0.0.1:{Broker.FreePort()}"], _environment))
            daemon.WaitForExit();
        Assert.True(IsInState(Name));
        Assert.Contains("nothing of them is left", Run("forget", Name).Output, StringComparison.Ordinal);
        Assert.False(IsInState(Name));
        Assert.False(IsInState("\"p1\""));
        Assert.Contains("Nobody is enrolled", Run("speakers").Output, StringComparison.Ordinal);
        Assert.DoesNotContain("p1", Run("file", talk).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Nobody_is_enrolled_without_key_consent_and_enough_speech_of_one_person()
    {
        var ada = Recording("ada.wav", Ada);
        Assert.Contains("diarizer key", Run(["enroll", Name, ada, .. Consent]).Errors, StringComparison.Ordinal);
        Run("key", _folder.File("key"));
        Assert.Contains("consent", Run("enroll", Name, ada, "--purpose", "minutes", "--given-by", Name).Errors, StringComparison.Ordinal);
        var (exitCode, _, errors) = Run(["enroll", Name, Recording("short.wav", Ada[0]), .. Consent]);
        Assert.Equal(2, exitCode);
        Assert.Contains("8 s are needed", errors, StringComparison.Ordinal);
        Assert.Contains("second voice", Run(["enroll", Name, Recording("both.wav", [.. Ada, (12.17, 3.3), (6.43, 3.5)]), .. Consent]).Errors, StringComparison.Ordinal);
        Assert.Contains("Nobody is enrolled", Run("speakers").Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Over_mqtt_a_speaker_is_enrolled_as_heard_renamed_recognised_again_and_forgotten()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/mosquitto_rr"), "mosquitto-clients are not installed");
        Run("key", _folder.File("key"));
        using var broker = new Broker();
        using var subscriber = new Subscriber(broker.Port, "diarizer/test/#");
        using var daemon = DiarizerProcess.Start(["run", "--config", Configure(broker.Port)], _environment);
        await subscriber.WaitForAsync(_ => Speakers(subscriber).Any(s => s.GetProperty("speech_s").GetDouble() > 3), "a speaker");
        Assert.Contains("consent", Ask(broker, "speaker/enroll", $$$"""{"data":{"name":"{{{Name}}}","speaker":"s1"}}"""), StringComparison.Ordinal);
        Assert.Contains("Enrolment:Folder", Ask(broker, "speaker/enroll", Enrol("\"files\":[\"/etc/passwd\"]")), StringComparison.Ordinal);

        Assert.Contains("\"id\":\"p1\"", Ask(broker, "speaker/enroll", Enrol("\"speaker\":\"s1\"")), StringComparison.Ordinal);
        await subscriber.WaitForAsync(_ => Speakers(subscriber).Any(s => s.GetProperty("name").GetString() == Name && s.GetProperty("id").GetString() == "p1"), "her name");
        await subscriber.WaitForAsync(m => m.Any(x => x.Payload.Contains("\"speaker_merged\"", StringComparison.Ordinal) && x.Payload.Contains("\"merged_into\":\"p1\"", StringComparison.Ordinal)), "the event");
        await subscriber.WaitForAsync(_ => subscriber.Turns("hall").Any(t => t.GetProperty("event_type").GetString() == "turn_revised" && NameOf(t) == Name), "a revised turn");

        Assert.Contains("\"status\":\"ok\"", Ask(broker, "speaker/rename", $$$"""{"data":{"speaker":"{{{Name}}}","name":"Ada Oakenshade"}}"""), StringComparison.Ordinal);
        await subscriber.WaitForAsync(_ => subscriber.Turns("hall").Any(t => NameOf(t) == "Ada Oakenshade"), "the new name");
        await subscriber.WaitForAsync(_ => Speakers(subscriber).Any(s => s.GetProperty("name").GetString() == "Ada Oakenshade"), "the new name among the speakers");
        using (var late = new Subscriber(broker.Port, "diarizer/test/#"))
        {
            await late.WaitForAsync(_ => Speakers(late).Any(s => s.GetProperty("name").GetString() == "Ada Oakenshade"), "the retained name");
            Assert.DoesNotContain(late.Messages, m => m.Payload.Contains(Name, StringComparison.Ordinal));
        }

        await subscriber.WaitForAsync(_ => Speakers(subscriber).Any(s => s.GetProperty("id").GetString() == "s2"), "another speaker");
        Assert.Contains("\"id\":\"p1\"", Ask(broker, "speaker/merge", """{"data":{"speaker":"s2","into":"ada oakenshade"}}"""), StringComparison.Ordinal);
        await subscriber.WaitForAsync(_ => Speakers(subscriber).All(s => s.GetProperty("id").GetString() != "s2"), "one speaker of two");
        Assert.Contains("\"id\":\"s2\"", Ask(broker, "speaker/split", """{"data":{"speaker":"p1"}}"""), StringComparison.Ordinal);
        await subscriber.WaitForAsync(_ => Speakers(subscriber).Any(s => s.GetProperty("id").GetString() == "s2"), "two speakers again");
        Assert.Contains("turn_ids of the session", Ask(broker, "speaker/split", """{"data":{"speaker":"p1","turns":["other-1"]}}"""), StringComparison.Ordinal);
        Assert.Contains("there are: p1", Ask(broker, "speaker/merge", """{"data":{"speaker":"s9","into":"p1"}}"""), StringComparison.Ordinal);

        var session = JsonDocument.Parse(Ask(broker, "session/start", "{}")).RootElement.GetProperty("data").GetProperty("session_id").GetString();
        await subscriber.WaitForAsync(
            _ => subscriber.Turns("hall").Any(t => t.GetProperty("session_id").GetString() == session && NameOf(t) == "Ada Oakenshade"), "her name in the new session");
        Assert.DoesNotContain("embedding", string.Join('\n', subscriber.Messages.Where(m => !m.Topic.Contains("/response/", StringComparison.Ordinal))), StringComparison.Ordinal);

        Assert.Equal("""{"id":"p1","erased":true}""", JsonDocument.Parse(Ask(broker, "speaker/forget", """{"data":{"speaker":"p1"}}""")).RootElement.GetProperty("data").GetRawText());
        await subscriber.WaitForAsync(m => m.Any(x => x.Payload.Contains("\"speaker_forgotten\"", StringComparison.Ordinal)), "the event");
        await subscriber.WaitForAsync(m => Newest(m).All(payload => !payload.Contains("\"p1\"", StringComparison.Ordinal)), "states without her");
        using (var late = new Subscriber(broker.Port, "diarizer/test/#"))
        {
            await late.WaitForAsync(m => m.Any(x => x.Topic.EndsWith("/state", StringComparison.Ordinal)), "the retained state");
            Assert.Equal("", string.Join('\n', late.Messages.Where(m => m.Payload.Contains("Ada", StringComparison.Ordinal) || m.Payload.Contains("\"p1\"", StringComparison.Ordinal))));
        }

        Assert.False(IsInState("Ada Oakenshade"));
        Assert.False(IsInState(Name));
        Assert.Contains("\"speakers\":[]", Ask(broker, "speaker/list", "{}"), StringComparison.Ordinal);
        Assert.DoesNotContain(daemon.Errors, line => line.Contains("Ada", StringComparison.Ordinal));
    }

    private static string Enrol(string from) =>
        $$$"""{"data":{"name":"{{{Name}}}",{{{from}}},"consent":{"purpose":"minutes","given_by":"{{{Name}}}","expires":"10d"} } }""";

    private static string? NameOf(JsonElement turn) => turn.GetProperty("speaker").GetProperty("name").GetString();

    /// <summary>The newest message of each topic that is retained.</summary>
    private static IEnumerable<string> Newest(IReadOnlyList<(string Topic, string Payload)> messages) => messages
        .Where(m => m.Topic.EndsWith("/state", StringComparison.Ordinal) || m.Topic.EndsWith("/speakers", StringComparison.Ordinal))
        .GroupBy(m => m.Topic)
        .Select(topic => topic.Last().Payload);

    /// <summary>The newest list of speakers.</summary>
    private static IReadOnlyList<JsonElement> Speakers(Subscriber subscriber)
    {
        var last = subscriber.Messages.LastOrDefault(m => m.Topic.EndsWith("/speakers", StringComparison.Ordinal) && m.Topic.Contains("/streams/", StringComparison.Ordinal));
        return last.Payload is { Length: > 0 } json ? [.. JsonDocument.Parse(json).RootElement.GetProperty("speakers").EnumerateArray()] : [];
    }

    private string Configure(int port) => _folder.Write("settings.json", $$"""
        {
          "Diarizer": {
            "Streams": [ { "Name": "hall", "Source": "{{Sample.CutFile(_folder, 0, 15)}}", "Realtime": true, "Loop": true } ],
            "Enrolment": { "Recordings": { "MinimumSpeech": 2 } },
            "Mqtt": { "Host": "127.0.0.1", "Port": {{port}}, "Node": "test" }
          }
        }
        """);

    private static string Ask(Broker broker, string command, string payload)
    {
        string[] arguments = ["-p", $"{broker.Port}", "-V", "5", "-W", "30", "-q", "1", "-t", $"diarizer/test/request/{command}", "-e", $"answers/{Guid.NewGuid():N}", "-m", payload];
        using var client = Process.Start(new ProcessStartInfo("mosquitto_rr", arguments) { RedirectStandardOutput = true })!;
        var answer = client.StandardOutput.ReadToEnd().TrimEnd('\n');
        Assert.NotEmpty(answer);
        return System.Text.RegularExpressions.Regex.Unescape(answer);
    }
}
