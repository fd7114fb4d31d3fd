using System.Collections.Concurrent;
using System.Text;
using Diarizer.Mqtt.Connection;
using Diarizer.Mqtt.Publishing;
using Diarizer.Mqtt.Tests.Support;

namespace Diarizer.Mqtt.Tests.Outbox;

/// <summary>Durable events from end to end: the publisher, its file, a real broker.</summary>
public sealed class DurablePublisherTests : IDisposable
{
    private const string Turns = "diarizer/test/streams/a/turns";

    private readonly TemporaryFiles _files = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task Events_of_a_process_without_a_broker_are_sent_by_the_next_one_marked_and_in_order()
    {
        await using (var alone = new MqttPublisher(Durable(new MqttOptions { Host = "127.0.0.1", Port = TestBroker.FreePort(), Node = "test" })))
        {
            alone.Start();
            for (var i = 0; i < 300; i++)
                alone.Publish(Event(i));
            Assert.True(await alone.CommitAsync(Token));
            Assert.Equal(300, alone.Counters.QueueDepth);
        }
        await using var broker = await TestBroker.StartAsync();
        await using var subscriber = await Subscriber.StartAsync(broker.Options, Turns);
        await using var publisher = new MqttPublisher(Durable(broker.Options));
        publisher.Start();
        await Eventually.TrueAsync(() => publisher.IsConnected, () => "the connection");
        publisher.Publish(Event(300));
        await Eventually.TrueAsync(() => subscriber.Messages.Count >= 301, () => $"301 events; {subscriber.Messages.Count} came");
        await publisher.FlushAsync(Token);
        Assert.Equal(Enumerable.Range(0, 301).Select(i => $$"""{"n":{{i}},"replayed":{{(i < 300 ? "true" : "false")}}}"""), subscriber.On(Turns));
    }

    [Fact]
    public async Task Each_delivery_is_told_with_its_time()
    {
        await using var broker = await TestBroker.StartAsync();
        await using var publisher = new MqttPublisher(Durable(broker.Options));
        var told = new ConcurrentQueue<EventDelivery>();
        publisher.EventDelivered += (_, delivery) => told.Enqueue(delivery);
        publisher.Publish(Event(0));
        await Task.Delay(300, Token);
        publisher.Start();
        await Eventually.TrueAsync(() => publisher.IsConnected, () => "the connection");
        publisher.Publish(Event(1));
        await Eventually.TrueAsync(() => told.Count == 2, () => $"two deliveries; {told.Count} were told");
        Assert.Equal([true, false], told.Select(d => d.Replayed));
        Assert.InRange(told.First().Took, TimeSpan.FromSeconds(0.3), TimeSpan.FromSeconds(20));
        Assert.InRange(told.Last().Took, TimeSpan.FromTicks(1), TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task What_was_acknowledged_is_not_sent_by_the_next_process()
    {
        await using var broker = await TestBroker.StartAsync();
        await using var subscriber = await Subscriber.StartAsync(broker.Options, Turns);
        for (var run = 0; run < 3; run++)
        {
            await using var publisher = new MqttPublisher(Durable(broker.Options));
            publisher.Start();
            await Eventually.TrueAsync(() => publisher.IsConnected, () => "the connection");
            publisher.Publish(Event(run));
            await publisher.FlushAsync(Token);
        }
        await Eventually.TrueAsync(() => subscriber.Messages.Count >= 3, () => "three events");
        await Task.Delay(300, Token);
        Assert.Equal(["0", "1", "2"], subscriber.On(Turns).Select(t => t[5..6]));
    }

    [Fact]
    public async Task A_disk_that_is_full_keeps_nothing_from_being_sent()
    {
        using var disk = SmallDisk.Mount(_files.Path("small"), kilobytes: 64);
        await using var broker = await TestBroker.StartAsync();
        await using var subscriber = await Subscriber.StartAsync(broker.Options);
        await using var publisher = new MqttPublisher(broker.Options with { Outbox = new() { Directory = disk.Path } });
        File.WriteAllBytes(Path.Combine(disk.Path, "ballast"), new byte[60 * 1024]);
        publisher.Start();
        await Eventually.TrueAsync(() => publisher.IsConnected, () => "the connection");
        for (var i = 0; i < 50; i++)
            publisher.Publish(Event(i));
        await publisher.FlushAsync(Token);
        await Eventually.TrueAsync(() => subscriber.On(Turns).Count >= 50, () => "50 events");
        Assert.NotNull(publisher.OutboxTrouble);
        await Eventually.TrueAsync(() => subscriber.On("diarizer/test/event").Any(e => e.Contains("outbox_degraded", StringComparison.Ordinal)), () => "the announcement");
        File.Delete(Path.Combine(disk.Path, "ballast"));
        Assert.True(await EventuallyWrittenAsync(publisher));
        Assert.Null(publisher.OutboxTrouble);
    }

    [Fact]
    public async Task A_replay_is_spread_over_time()
    {
        await using var broker = await TestBroker.StartAsync();
        await using (var alone = new MqttPublisher(Durable(broker.Options with { Port = TestBroker.FreePort() })))
        {
            for (var i = 0; i < 200; i++)
                alone.Publish(Event(i));
        }
        await using var subscriber = await Subscriber.StartAsync(broker.Options, Turns);
        var options = Durable(broker.Options);
        await using var publisher = new MqttPublisher(options with { Outbox = options.Outbox with { ReplayPerSecond = 100 } });
        publisher.Start();
        await subscriber.WaitForAsync(Turns, """{"n":0,"replayed":true}""");
        await Task.Delay(500, Token);
        Assert.InRange(subscriber.Messages.Count, 20, 110);
        await subscriber.WaitForAsync(Turns, """{"n":199,"replayed":true}""");
        Assert.Equal(200, subscriber.Messages.Count);
    }

    private static MqttMessage Event(int number) => new(Turns, Encoding.UTF8.GetBytes($$"""{"n":{{number}},"replayed":false}"""), Durable: true);

    private MqttOptions Durable(MqttOptions options) => options with { Outbox = new() { Directory = _files.Path("state") } };

    private static async Task<bool> EventuallyWrittenAsync(MqttPublisher publisher)
    {
        for (var i = 0; i < 100; i++)
        {
            publisher.Publish(Event(1000 + i));
            if (await publisher.CommitAsync(Token))
                return true;
            await Task.Delay(100, Token);
        }
        return false;
    }
}
