using System.Text.Json;

namespace Diarizer.Service.Tests.EndToEnd;

/// <summary>What a subscriber sees that joins while the daemon runs, after a session, after a normal end and after a crash.</summary>
[Collection(ExecutableCollection.Name)]
public sealed class LateSubscriberTests : IDisposable
{
    private const string Hall = "diarizer/test/streams/hall/";

    private static readonly string[] Retained = ["diarizer/test/status", "diarizer/test/info", Hall + "status", Hall + "speech", Hall + "state", Hall + "speakers"];

    private readonly TemporaryFolder _folder = new();
    private readonly Broker _broker = new();

    public void Dispose()
    {
        _broker.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task It_sees_what_an_early_one_saw_last()
    {
        using var early = new Subscriber(_broker.Port, "diarizer/test/#");
        using var daemon = Start();
        await early.WaitForAsync(m => m.Any(x => x.Topic == Hall + "speakers" && x.Payload.Contains("speech_s", StringComparison.Ordinal)), "a speaker");
        using (var late = new Subscriber(_broker.Port, "diarizer/test/#"))
        {
            await late.WaitForAsync(HasAll, "the retained topics");
            var first = late.Messages.Where(m => Retained.Contains(m.Topic)).DistinctBy(m => m.Topic).ToList();
            await early.WaitForAsync(m => first.All(m.Contains), "what the late one saw first");
            // Whoever saw everything knows the same as who came late.
            await late.WaitForAsync(_ => Last(late).All(topic => Last(early).GetValueOrDefault(topic.Key) == topic.Value), "the same on all topics");
        }

        daemon.Terminate();
        Assert.Equal(0, daemon.WaitForExit());
        using var afterwards = new Subscriber(_broker.Port, "diarizer/test/#");
        await afterwards.WaitForAsync(HasAll, "the retained topics");
        await early.WaitForAsync(m => m.Contains(("diarizer/test/status", "offline")), "the farewell");
        var left = Last(afterwards);
        Assert.Equal("offline", left["diarizer/test/status"]);
        Assert.Equal("offline", left[Hall + "status"]);
        Assert.Equal("OFF", left[Hall + "speech"]);
        Assert.Empty(JsonDocument.Parse(left[Hall + "state"]).RootElement.GetProperty("active").EnumerateArray());
        Assert.All(left, topic => Assert.Equal(Last(early)[topic.Key], topic.Value));
        Assert.DoesNotContain(afterwards.Messages, m => m.Topic.EndsWith("/turns", StringComparison.Ordinal) || m.Topic.EndsWith("/event", StringComparison.Ordinal));
    }

    [Fact]
    public async Task After_a_crash_the_node_is_offline_and_after_the_next_start_all_is_of_the_new_run()
    {
        string session;
        using (var early = new Subscriber(_broker.Port, "diarizer/test/#"))
        using (var daemon = Start())
        {
            await early.WaitForAsync(_ => early.Turns("hall").Count > 0, "a turn");
            session = early.Turns("hall")[0].GetProperty("session_id").GetString()!;
            daemon.Kill();
            await early.WaitForAsync(m => m.Contains(("diarizer/test/status", "offline")), "the last will");
        }

        using var next = Start();
        await next.WaitForErrorAsync("Ready after");
        using var late = new Subscriber(_broker.Port, "diarizer/test/#");
        await late.WaitForAsync(m => HasAll(m) && Last(late).Values.All(payload => !payload.Contains(session, StringComparison.Ordinal)), "the retained topics of the new session");
        Assert.Equal("online", Last(late)["diarizer/test/status"]);
        Assert.Equal("online", Last(late)[Hall + "status"]);
    }

    private static bool HasAll(IReadOnlyList<(string Topic, string Payload)> messages) => Retained.All(topic => messages.Any(m => m.Topic == topic));

    /// <summary>The last message of each topic that is retained.</summary>
    private static Dictionary<string, string> Last(Subscriber subscriber) => subscriber.Messages
        .Where(m => !m.Topic.EndsWith("/turns", StringComparison.Ordinal) && !m.Topic.EndsWith("/event", StringComparison.Ordinal) && !m.Topic.EndsWith("/health", StringComparison.Ordinal))
        .GroupBy(m => m.Topic).ToDictionary(g => g.Key, g => g.Last().Payload);

    private DiarizerProcess Start()
    {
        var settings = _folder.Write("settings.json", $$"""
            {
              "Diarizer": {
                "StateDirectory": "{{_folder.File("state")}}",
                "Streams": [ { "Name": "hall", "Source": "{{Sample.Path}}", "Realtime": true, "Loop": true } ],
                "Mqtt": { "Host": "127.0.0.1", "Port": {{_broker.Port}}, "Node": "test", "WillDelay": 1 }
              }
            }
            """);
        return DiarizerProcess.Start(["run", "--config", settings]);
    }
}
