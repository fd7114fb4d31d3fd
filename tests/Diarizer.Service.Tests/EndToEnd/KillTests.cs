using System.Text.Json;
using Diarizer.Mqtt.Outbox;
using Microsoft.Data.Sqlite;

namespace Diarizer.Service.Tests.EndToEnd;

/// <summary>
/// <c>kill -9</c> at random moments while the daemon talks as fast as it can (bench/outage.py does it 200 times): what was in the outbox at that
/// moment reaches the subscriber after the next start, and no session has a hole.
/// </summary>
[Collection(ExecutableCollection.Name)]
public sealed class KillTests : IDisposable
{
    private const int Kills = 10;

    private readonly TemporaryFolder _folder = new();
    private readonly Broker _broker = new();

    public void Dispose()
    {
        _broker.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Whatever_was_committed_arrives()
    {
        using var subscriber = new Subscriber(_broker.Port, "diarizer/test/streams/+/turns");
        var random = new Random(4);
        var committed = new HashSet<string>();
        for (var i = 0; i < Kills; i++)
        {
            using var daemon = Start();
            await subscriber.WaitForAsync(_ => Sessions(subscriber).Count > i, $"the first event of run {i}");
            await Task.Delay(random.Next(400), TestContext.Current.CancellationToken);
            daemon.Kill();
            committed.UnionWith(OutboxIds());
        }

        using (var last = Start(realtime: true))
        {
            await last.WaitForErrorAsync("Ready after");
            await subscriber.WaitForAsync(_ => committed.IsSubsetOf(Received(subscriber).Select(Id)), "what was committed");
            last.Terminate();
            Assert.Equal(0, last.WaitForExit());
        }

        Assert.Empty(OutboxIds());
        Assert.InRange(Sessions(subscriber).Count, Kills, Kills + 1);
        Assert.All(Sessions(subscriber), session => Assert.Equal(Enumerable.Range(1, session.Count()), session.Select(t => t.GetProperty("seq").GetInt32())));
        Assert.Contains(Received(subscriber), t => t.GetProperty("replayed").GetBoolean());
    }

    private static string Id(JsonElement turn) => turn.GetProperty("id").GetString()!;

    private static List<JsonElement> Received(Subscriber subscriber) =>
        [.. subscriber.Messages.Select(m => JsonDocument.Parse(m.Payload).RootElement)];

    private static List<IGrouping<string?, JsonElement>> Sessions(Subscriber subscriber) =>
        [.. Received(subscriber).DistinctBy(Id).GroupBy(t => t.GetProperty("session_id").GetString())];

    private DiarizerProcess Start(bool realtime = false)
    {
        var settings = _folder.Write("settings.json", $$"""
            {
              "Diarizer": {
                "StateDirectory": "{{_folder.File("state")}}",
                "Streams": [ { "Name": "hall", "Source": "{{Sample.Path}}", "Realtime": {{(realtime ? "true" : "false")}}, "Loop": true } ],
                "Mqtt": { "Host": "127.0.0.1", "Port": {{_broker.Port}}, "Node": "test", "Outbox": { "ReplayPerSecond": 10000 } }
              }
            }
            """);
        return DiarizerProcess.Start(["run", "--config", settings]);
    }

    /// <summary>Ids of the turns in the file, read from a copy: opening it would change it.</summary>
    private List<string> OutboxIds()
    {
        var source = Path.Combine(_folder.File("state"), "outbox.db");
        var copy = _folder.File("copy.db");
        foreach (var end in (string[])["", "-wal"])
        {
            File.Delete(copy + end);
            if (File.Exists(source + end))
                File.Copy(source + end, copy + end);
        }

        SqliteLibrary.Initialise();
        using var connection = new SqliteConnection($"Data Source={copy};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT payload FROM entries WHERE topic LIKE '%/turns'";
        using var reader = command.ExecuteReader();
        List<string> ids = [];
        while (reader.Read())
            ids.Add(Id(JsonDocument.Parse((byte[])reader[0]).RootElement));
        return ids;
    }
}
