using System.Diagnostics;
using System.Text.Json;

namespace Diarizer.Service.Tests.EndToEnd;

/// <summary>The real daemon, told what to do through a real broker by the real <c>mosquitto_rr</c>.</summary>
[Collection(ExecutableCollection.Name)]
public sealed class ControlTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Broker _broker = new();

    public void Dispose()
    {
        _broker.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_room_is_muted_its_session_changed_and_its_health_asked_for()
    {
        using var subscriber = new Subscriber(_broker.Port, "diarizer/test/#");
        using var daemon = Start("");
        await subscriber.WaitForAsync(m => m.Any(x => x.Topic == "diarizer/test/streams/hall/speakers" && x.Payload.Contains("\"speech_s\"", StringComparison.Ordinal)), "a speaker");

        Assert.Equal("""{"data":{"stream":"hall","status":"muted"},"status":"ok","error":null,"transaction":"m"}""", Ask("stream/mute", """{"data":{"stream":"hall"},"transaction":"m"}"""));
        await subscriber.WaitForAsync(m => m.Contains(("diarizer/test/streams/hall/status", "muted")), "muted");
        Assert.Contains("\"online\"", Ask("stream/unmute", "{}"), StringComparison.Ordinal);

        var first = subscriber.Turns("hall")[0].GetProperty("session_id").GetString()!;
        var second = DataOf(Ask("session/start", "{}")).GetProperty("session_id").GetString()!;
        Assert.NotEqual(first, second);
        await subscriber.WaitForAsync(_ => subscriber.Turns("hall").Any(t => t.GetProperty("session_id").GetString() == second), "a turn of the new session");
        // Nothing of the first session stays open, whether somebody spoke at its end or not.
        Assert.All(
            subscriber.Turns("hall").Where(t => t.GetProperty("session_id").GetString() == first).GroupBy(t => t.GetProperty("turn_id").GetString()),
            turn => Assert.Contains(turn, t => t.GetProperty("final").GetBoolean()));
        Assert.Equal(second, DataOf(Ask("session/end", """{"data":{"stream":"hall"}}""")).GetProperty("session_id").GetString());
        Assert.Contains("session/start", Ask("session/end", "{}"), StringComparison.Ordinal);

        var health = DataOf(Ask("health_check", ""));
        Assert.Equal(0, health.GetProperty("outbox_depth").GetInt32());
        Assert.Empty(health.GetProperty("degraded").EnumerateArray());
        Assert.Contains(subscriber.Messages, m => m.Topic == "diarizer/test/health");

        Assert.Contains("did you mean hall", Ask("stream/mute", """{"data":{"stream":"hal"}}"""), StringComparison.Ordinal);
        Assert.Contains("no field", Ask("stream/mute", """{"data":{"room":"hall"}}"""), StringComparison.Ordinal);
        Assert.Contains("There is no command", Ask("stream/explode", "{}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reloaded_configuration_is_checked_first_and_says_what_it_changed()
    {
        using var daemon = Start("");
        await daemon.WaitForErrorAsync("Ready after");
        Assert.Equal("""{"applied":[],"restart_needed":[]}""", DataOf(Ask("config/reload", "{}")).GetRawText());

        Configure(""", "Diarization": { "Turns": { "MergeGap": 0.7 } }, "Threads": 2""");
        Assert.Equal("""{"applied":["Diarizer:Diarization"],"restart_needed":["Diarizer:Threads"]}""", DataOf(Ask("config/reload", "{}")).GetRawText());

        Configure(""", "Diarization": { "Turns": { "MergeGap": -1 } }, "Thraeds": 2""");
        var answer = Ask("config/reload", "{}");
        Assert.Contains("\"status\":\"error\"", answer, StringComparison.Ordinal);
        Assert.Contains("Thraeds", answer, StringComparison.Ordinal);
        Assert.Contains("MergeGap", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_transcript_gets_the_speakers_of_the_session()
    {
        using var subscriber = new Subscriber(_broker.Port, "diarizer/test/#");
        using var daemon = Start("");
        bool IsDone(JsonElement t) => t.GetProperty("final").GetBoolean() && t.GetProperty("speaker").GetProperty("id").GetString() == "s1";
        await subscriber.WaitForAsync(_ => subscriber.Turns("hall").Any(IsDone), "a turn of s1");
        var turn = subscriber.Turns("hall").First(IsDone);
        var (start, end) = (turn.GetProperty("start_ms").GetInt64() / 1000.0, turn.GetProperty("end_ms").GetInt64() / 1000.0);
        var line = FormattableString.Invariant($$"""{"text":"Good morning everyone.","start":{{start}},"end":{{end}}}""");
        var answer = DataOf(Ask("transcript/label", $$$"""{"data":{"lines":[{{{line}}}]}}"""));
        Assert.Equal("s1", Assert.Single(answer.GetProperty("lines").EnumerateArray()).GetProperty("speaker").GetString());
        Assert.Equal(turn.GetProperty("session_id").GetString(), answer.GetProperty("session_id").GetString());
        Assert.Contains("has no end", Ask("transcript/label", """{"data":{"lines":[{"text":"a","start":1}]}}"""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Home_assistant_mutes_the_room_and_begins_sessions_with_what_it_was_told()
    {
        using var homeAssistant = new Subscriber(_broker.Port, "homeassistant/#");
        using var subscriber = new Subscriber(_broker.Port, "diarizer/test/#");
        using var daemon = Start("");
        await homeAssistant.WaitForAsync(m => m.Count > 0, "the introduction");
        var (topic, payload) = homeAssistant.Messages[0];
        Assert.Equal("homeassistant/device/test/config", topic);
        var entities = JsonElement.Parse(payload).GetProperty("cmps");
        await subscriber.WaitForAsync(_ => subscriber.Turns("hall").Count > 0, "a turn");
        var first = subscriber.Turns("hall")[0].GetProperty("session_id").GetString();

        Send("hall_mute", "payload_on");
        await subscriber.WaitForAsync(m => m.Contains(("diarizer/test/streams/hall/status", "muted")), "muted");
        Send("hall_mute", "payload_off");
        await subscriber.WaitForAsync(m => m.Count(x => x == ("diarizer/test/streams/hall/status", "online")) == 2, "online");
        Send("hall_new_session", "payload_press");
        await subscriber.WaitForAsync(_ => subscriber.Turns("hall").Any(t => t.GetProperty("session_id").GetString() != first), "a turn of a new session");
        Assert.All(
            entities.EnumerateObject().Where(e => e.Value.TryGetProperty("state_topic", out var from) && !from.GetString()!.EndsWith("/health", StringComparison.Ordinal)),
            e => Assert.Contains(subscriber.Messages, m => m.Topic == e.Value.GetProperty("state_topic").GetString()));

        void Send(string entity, string member)
        {
            var component = entities.GetProperty(entity);
            using var client = Process.Start("mosquitto_pub", ["-p", $"{_broker.Port}", "-q", "1", "-t", component.GetProperty("command_topic").GetString()!, "-m", component.GetProperty(member).GetString()!]);
            client.WaitForExit();
        }
    }

    private static JsonElement DataOf(string answer)
    {
        Assert.Contains("\"status\":\"ok\"", answer, StringComparison.Ordinal);
        return JsonDocument.Parse(answer).RootElement.GetProperty("data");
    }

    private DiarizerProcess Start(string extra)
    {
        Configure(extra);
        return DiarizerProcess.Start(["run", "--config", _folder.File("settings.json")]);
    }

    private void Configure(string extra) => _folder.Write("settings.json", $$"""
        {
          "Diarizer": {
            "Streams": [ { "Name": "hall", "Source": "{{Sample.Path}}", "Realtime": true, "Loop": true } ],
            "Mqtt": { "Host": "127.0.0.1", "Port": {{_broker.Port}}, "Node": "test", "HomeAssistant": { "DelayMin": 0, "DelayMax": 0 } }{{extra}}
          }
        }
        """);

    private string Ask(string command, string payload)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/mosquitto_rr"), "mosquitto-clients are not installed");
        string[] arguments = ["-p", $"{_broker.Port}", "-V", "5", "-W", "20", "-q", "1", "-t", $"diarizer/test/request/{command}", "-e", $"answers/{Guid.NewGuid():N}", "-m", payload];
        using var client = Process.Start(new ProcessStartInfo("mosquitto_rr", arguments) { RedirectStandardOutput = true })!;
        var answer = client.StandardOutput.ReadToEnd().TrimEnd('\n');
        Assert.NotEmpty(answer);
        return System.Text.RegularExpressions.Regex.Unescape(answer);
    }
}
