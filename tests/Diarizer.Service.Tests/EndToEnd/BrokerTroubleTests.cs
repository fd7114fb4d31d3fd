using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Diarizer.Mqtt;
using Diarizer.Mqtt.Connection;

namespace Diarizer.Service.Tests.EndToEnd;

/// <summary>The real daemon in real time while its broker fails it, and on a broker that is busy (bench/outage.py does both at full length).</summary>
[Collection(ExecutableCollection.Name)]
public sealed class BrokerTroubleTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_broker_that_is_stopped_while_people_talk_costs_no_turn()
    {
        var port = Broker.FreePort();
        List<JsonElement> turns = [];
        using var daemon = Start("test", port, realtime: true);
        using (var broker = new Broker(port))
        {
            using var subscriber = new Subscriber(port, "diarizer/test/#");
            await subscriber.WaitForAsync(_ => subscriber.Turns("hall").Count >= 3, "three events");
            turns.AddRange(subscriber.Turns("hall"));
        }

        await Task.Delay(TimeSpan.FromSeconds(4), Token);
        using (var broker = new Broker(port))
        {
            using var subscriber = new Subscriber(port, "diarizer/test/#");
            await subscriber.WaitForAsync(m => m.Contains(("diarizer/test/status", "online")), "online");
            await subscriber.WaitForAsync(_ => subscriber.Turns("hall").Any(t => !t.GetProperty("replayed").GetBoolean()), "a live event");
            daemon.Terminate();
            Assert.Equal(0, daemon.WaitForExit());
            await subscriber.WaitForAsync(m => m.Contains(("diarizer/test/status", "offline")), "offline");
            turns.AddRange(subscriber.Turns("hall"));
            Assert.Contains(subscriber.Turns("hall"), t => t.GetProperty("replayed").GetBoolean());
        }

        // The first event after the return may slip past the subscriber, which the daemon does not wait for; all that came must be without a hole after it.
        var numbers = turns.Select(t => t.GetProperty("seq").GetInt32()).Distinct().ToList();
        Assert.Equal(numbers.Order(), numbers);
        Assert.InRange(numbers[^1] - numbers.Count, 0, 3);
        Assert.Contains(turns[^1].GetProperty("event_type").GetString(), (string?[])["turn_ended", "turn_revised"]);
        // The end may fall into a pause.
        Assert.Contains(turns.Last(t => t.GetProperty("event_type").GetString() == "turn_ended").GetProperty("end_reason").GetString(), (string?[])["session_end", "silence"]);
    }

    [Fact]
    public async Task A_broker_that_accepts_and_never_answers_does_not_hold_up_the_end()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var daemon = Start("test", ((IPEndPoint)listener.LocalEndpoint).Port, realtime: true);
        using var connection = await listener.AcceptTcpClientAsync(Token);
        await daemon.WaitForErrorAsync("Ready after");
        var clock = Stopwatch.StartNew();
        daemon.Terminate();
        Assert.Equal(0, daemon.WaitForExit());
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 2);
    }

    [Fact]
    public async Task Two_daemons_and_fifty_subscribers_share_a_broker_without_crosstalk()
    {
        using var broker = new Broker();
        ConcurrentDictionary<(string Node, int Subscriber), ConcurrentQueue<string>> heard = [];
        List<IMqttConnection> connections = [];
        try
        {
            for (var i = 0; i < 50; i++)
            {
                var node = i % 2 == 0 ? "east" : "west";
                var mine = heard[(node, i)] = [];
                var connection = MqttConnections.Create();
                connections.Add(connection);
                connection.MessageReceived += (_, message) => mine.Enqueue($"{message.Topic} {message.Text}");
                await connection.ConnectAsync(new(new MqttOptions { Host = "127.0.0.1", Port = broker.Port, Node = node, ClientId = $"s{i}" }, null), Token);
                await connection.SubscribeAsync($"diarizer/{node}/#", MqttQos.AtLeastOnce, Token);
            }

            using var east = Start("east", broker.Port, realtime: true);
            using var west = Start("west", broker.Port, realtime: true);
            // Both at work at the same time, on a busy machine as well.
            for (var i = 0; i < 300 && !heard.Values.All(one => one.Any(message => message.Contains("turn_started", StringComparison.Ordinal))); i++)
                await Task.Delay(100, Token);
            await Task.Delay(TimeSpan.FromSeconds(2), Token);
            east.Terminate();
            west.Terminate();
            Assert.Equal((0, 0), (east.WaitForExit(), west.WaitForExit()));
            await Task.Delay(1000, Token);
        }
        finally
        {
            foreach (var connection in connections)
                await connection.DisposeAsync();
        }

        foreach (var node in (string[])["east", "west"])
        {
            var all = heard.Where(h => h.Key.Node == node).Select(h => h.Value.ToList()).ToList();
            Assert.NotEmpty(all[0]);
            Assert.All(all, one => Assert.Equal(all[0], one));
            Assert.All(all[0], message => Assert.StartsWith($"diarizer/{node}/", message, StringComparison.Ordinal));
            Assert.Contains(all[0], message => message.Contains("turn_started", StringComparison.Ordinal));
        }
    }

    private DiarizerProcess Start(string node, int port, bool realtime)
    {
        var settings = _folder.Write($"{node}.json", $$"""
            {
              "Diarizer": {
                "Streams": [ { "Name": "hall", "Source": "{{Sample.Path}}", "Realtime": {{(realtime ? "true" : "false")}}, "Loop": true } ],
                "Mqtt": { "Host": "127.0.0.1", "Port": {{port}}, "Node": "{{node}}" }
              }
            }
            """);
        return DiarizerProcess.Start(["run", "--config", settings]);
    }
}
