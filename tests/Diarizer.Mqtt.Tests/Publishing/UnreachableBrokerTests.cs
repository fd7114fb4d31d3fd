using System.Diagnostics;
using Diarizer.Mqtt.Connection;
using Diarizer.Mqtt.Publishing;
using Diarizer.Mqtt.Tests.Support;

namespace Diarizer.Mqtt.Tests.Publishing;

/// <summary>The publisher without a broker that answers.</summary>
public class UnreachableBrokerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_silent_broker_holds_up_neither_publishing_nor_the_end()
    {
        using var server = new SilentServer();
        var publisher = new MqttPublisher(OptionsFor(server.Port));
        publisher.Start();
        await Eventually.TrueAsync(() => server.Accepted > 0, () => "the attempt to connect");
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < 10_000; i++)
            publisher.Publish(new("diarizer/test/x", "event"u8.ToArray()));
        Assert.InRange(watch.ElapsedMilliseconds, 0, 1000);
        watch.Restart();
        await publisher.StopAsync();
        Assert.InRange(watch.ElapsedMilliseconds, 0, 2000);
        Assert.Equal(10_000 - 1000, publisher.Counters.Dropped);
        Assert.Equal(1000, publisher.Counters.QueueDepth);
    }

    [Fact]
    public async Task A_broker_that_falls_silent_while_connected_does_not_hold_up_the_end()
    {
        await using var broker = await TestBroker.StartAsync();
        await using var gate = new Gate(broker.Port);
        var publisher = new MqttPublisher(OptionsFor(gate.Port));
        publisher.Start();
        await Eventually.TrueAsync(() => publisher.IsConnected, () => "the connection");
        gate.LoseAnswers = true;
        publisher.Publish(new("diarizer/test/x", "event"u8.ToArray()));
        var watch = Stopwatch.StartNew();
        await publisher.StopAsync();
        Assert.InRange(watch.ElapsedMilliseconds, 0, 2000);
    }

    [Fact]
    public async Task A_silent_broker_is_given_up_and_tried_again()
    {
        using var server = new SilentServer();
        await using var publisher = new MqttPublisher(OptionsFor(server.Port) with { ConnectTimeout = TimeSpan.FromSeconds(1) });
        publisher.Start();
        await Eventually.TrueAsync(() => server.Accepted >= 2, () => "a second attempt");
        Assert.Equal(0, publisher.Counters.Connects);
    }

    [Fact]
    public async Task A_refused_connection_is_tried_again_after_growing_waits_and_told_once()
    {
        using var log = new CollectingLog();
        var watch = Stopwatch.StartNew();
        List<TimeSpan> attempts = [];
        await using var publisher = new MqttPublisher(
            OptionsFor(TestBroker.FreePort()) with { BackoffMin = TimeSpan.FromMilliseconds(50), BackoffMax = TimeSpan.FromMilliseconds(800) },
            () =>
            {
                lock (attempts)
                    attempts.Add(watch.Elapsed);
                return MqttConnections.Create();
            },
            loggers: log);
        publisher.Start();
        await Eventually.TrueAsync(() => publisher.Counters.FailedConnects >= 6, () => "six attempts");
        lock (attempts)
        {
            // Each wait is drawn from the upper half of 50, 100, 200, 400, 800 ms; the machine may add to it.
            foreach (var (i, least) in (IEnumerable<(int, int)>)[(0, 25), (1, 50), (2, 100), (3, 200), (4, 400)])
                Assert.InRange((attempts[i + 1] - attempts[i]).TotalMilliseconds, least - 1, 10_000);
        }
        Assert.Single(log.Lines, line => line.Contains("refused", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(log.Lines, line => line.Contains("   at ", StringComparison.Ordinal));
    }

    [Fact]
    public void A_publisher_needs_a_host() => Assert.Throws<UserErrorException>(() => new MqttPublisher(new MqttOptions { Node = "n" }));

    private static MqttOptions OptionsFor(int port) => new() { Host = "127.0.0.1", Port = port, Node = "test", QueueCapacity = 1000 };
}
