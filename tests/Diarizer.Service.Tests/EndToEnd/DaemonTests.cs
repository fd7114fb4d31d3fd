using System.Diagnostics;
using System.Text.Json;
using Diarizer.Service.Tests.Systemd;

namespace Diarizer.Service.Tests.EndToEnd;

/// <summary>The real daemon, a real broker and the real <c>mosquitto_sub</c>.</summary>
[Collection(ExecutableCollection.Name)]
public class DaemonTests
{
    [Fact]
    public async Task Turns_arrive_and_the_daemon_ends_with_its_source()
    {
        using var folder = new TemporaryFolder();
        using var broker = new Broker();
        using var subscriber = new Subscriber(broker.Port, "diarizer/#");
        using var daemon = DiarizerProcess.Start(["run", "--source", $"hall={Sample.CutFile(folder, 0, 25)}", "--broker", broker.Address, "--print"]);
        Assert.Equal(0, daemon.WaitForExit());
        await subscriber.WaitForAsync(m => m.Any(x => x is { Payload: "offline" } && x.Topic.Split('/').Length == 3), "the node's offline");

        var turns = subscriber.Turns("hall");
        var started = turns.Where(t => Text(t, "event_type") == "turn_started").ToList();
        var ended = turns.Where(t => Text(t, "event_type") == "turn_ended").ToList();
        Assert.NotEmpty(started);
        Assert.Equal(started.Select(t => Text(t, "turn_id")).Order(), ended.Select(t => Text(t, "turn_id")).Order());
        Assert.Equal(Enumerable.Range(1, turns.Count), turns.Select(t => t.GetProperty("seq").GetInt32()));
        Assert.Contains(turns, t => t.GetProperty("speaker").GetProperty("decided").GetBoolean());
        Assert.All(["online", "offline"], status => Assert.Contains(subscriber.Messages, m => m.Topic.EndsWith("streams/hall/status", StringComparison.Ordinal) && m.Payload == status));
        Assert.All(["ON", "OFF"], speech => Assert.Contains(subscriber.Messages, m => m.Topic.EndsWith("streams/hall/speech", StringComparison.Ordinal) && m.Payload == speech));
        Assert.Contains(subscriber.Messages, m => m.Topic.EndsWith("/info", StringComparison.Ordinal) && m.Payload.Contains("hall", StringComparison.Ordinal));

        var printed = string.Join('\n', daemon.Output);
        Assert.Contains($"mosquitto_sub -h 127.0.0.1 -p {broker.Port}", printed, StringComparison.Ordinal);
        Assert.Equal(ended.Count, daemon.Output.Count(line => line.Contains(" ends ", StringComparison.Ordinal)));
        // Corrections may add turns and withdraw others.
        var left = turns.GroupBy(t => Text(t, "turn_id")).Select(g => g.MaxBy(t => t.GetProperty("revision").GetInt32())).Count(t => t.GetProperty("end_ms").GetInt64() > t.GetProperty("start_ms").GetInt64());
        Assert.Contains($"25.0 s of audio, {left} turns", printed, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Systemd_hears_of_everything_and_sigterm_ends_the_open_turn(bool isAbstract)
    {
        using var systemd = new DatagramListener(isAbstract);
        using var broker = new Broker();
        using var subscriber = new Subscriber(broker.Port, "diarizer/#");
        using var daemon = DiarizerProcess.Start(
            ["run", "--source", Sample.Path, "--realtime", "--broker", broker.Address], new Dictionary<string, string> { ["NOTIFY_SOCKET"] = systemd.Address, ["WATCHDOG_USEC"] = "1000000" });
        Assert.StartsWith("READY=1\nSTATUS=", systemd.Receive(), StringComparison.Ordinal);
        Assert.Equal("WATCHDOG=1", systemd.Receive());
        await subscriber.WaitForAsync(m => m.Any(x => x.Payload.Contains("turn_started", StringComparison.Ordinal)), "a turn");

        var clock = Stopwatch.StartNew();
        daemon.Terminate();
        Assert.Equal(0, daemon.WaitForExit());
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 3);
        await subscriber.WaitForAsync(m => m[^1].Payload == "offline", "offline");
        var last = subscriber.Turns("room")[^1];
        Assert.Equal("turn_ended", Text(last, "event_type"));
        string state;
        while ((state = systemd.Receive()) == "WATCHDOG=1")
        {
        }

        Assert.Equal("STOPPING=1", state);
    }

    [Fact]
    public void Without_a_broker_there_is_an_own_one()
    {
        using var folder = new TemporaryFolder();
        using var daemon = DiarizerProcess.Start(["run", "--source", Sample.CutFile(folder, 0, 3), "--print"], new Dictionary<string, string> { ["DIARIZER__MQTT__PORT"] = $"{Broker.FreePort()}" });
        Assert.Equal(0, daemon.WaitForExit());
        Assert.Contains(daemon.Output, line => line.StartsWith("broker at 127.0.0.1:", StringComparison.Ordinal) && line.Contains("started for this run", StringComparison.Ordinal));
    }

    [Fact]
    public void A_broker_that_is_away_does_not_hold_up_the_streams()
    {
        using var folder = new TemporaryFolder();
        using var daemon = DiarizerProcess.Start(["run", "--source", Sample.CutFile(folder, 0, 10), "--broker", $"127.0.0.1:{Broker.FreePort()}", "--print"]);
        Assert.Equal(0, daemon.WaitForExit());
        Assert.Contains(daemon.Output, line => line.Contains("10.0 s of audio", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Standard_input_is_a_source()
    {
        using var broker = new Broker();
        using var subscriber = new Subscriber(broker.Port, "diarizer/+/streams/+/turns");
        using var daemon = DiarizerProcess.Start(["run", "--source", "stdin:?rate=16000&channels=1&format=s16le", "--broker", broker.Address], feedsInput: true);
        foreach (var sample in Sample.Cut(0, 8))
            daemon.Input.Write(BitConverter.GetBytes((short)(sample * 32767)));
        daemon.Input.Close();
        Assert.Equal(0, daemon.WaitForExit());
        await subscriber.WaitForAsync(m => m.Any(x => x.Payload.Contains("turn_ended", StringComparison.Ordinal)), "a turn");
    }

    private static string Text(JsonElement turn, string name) => turn.GetProperty(name).GetString()!;
}
