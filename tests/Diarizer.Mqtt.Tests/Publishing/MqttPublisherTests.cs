using System.Diagnostics;
using System.Text;
using Diarizer.Mqtt.Connection;
using Diarizer.Mqtt.Publishing;
using Diarizer.Mqtt.Tests.Support;

namespace Diarizer.Mqtt.Tests.Publishing;

/// <summary>The publisher against a real broker.</summary>
public class MqttPublisherTests
{
    private const string Status = "diarizer/test/status";
    private const string Turns = "diarizer/test/streams/a/turns";
    private const string Speech = "diarizer/test/streams/a/speech";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_late_subscriber_sees_the_retained_state_and_no_old_event()
    {
        await using var broker = await TestBroker.StartAsync();
        await using var publisher = new MqttPublisher(broker.Options);
        publisher.Publish(MqttMessage.State(Speech, "OFF"));
        publisher.Publish(MqttMessage.State(Speech, "ON"));
        publisher.Publish(Event("1"));
        publisher.Start();
        await publisher.FlushAsync(Token);
        await using var subscriber = await Subscriber.StartAsync(broker.Options);
        await subscriber.WaitForAsync(Speech, "ON");
        await subscriber.WaitForAsync(Status, "online");
        Assert.Empty(subscriber.On(Turns));
        Assert.All(subscriber.Messages, m => Assert.True(m.Retain));
        Assert.Equal(1, publisher.Counters.Coalesced);
    }

    [Fact]
    public async Task Turns_published_during_an_outage_arrive_in_order_and_online_again_within_5_s()
    {
        await using var broker = await TestBroker.StartAsync();
        await using var gate = new Gate(broker.Port);
        await using var publisher = new MqttPublisher(broker.Options with { Port = gate.Port });
        publisher.Publish(MqttMessage.State(Speech, "ON"));
        publisher.Start();
        await Eventually.TrueAsync(() => publisher.IsConnected, () => "the first connection");
        gate.Close();
        await broker.KillAsync();
        await Eventually.TrueAsync(() => !publisher.IsConnected, () => "the loss to be noticed");
        for (var i = 0; i < 200; i++)
            publisher.Publish(Event($"{i}"));
        await broker.StartAgainAsync();
        await using var subscriber = await Subscriber.StartAsync(broker.Options);
        await Task.Delay(TimeSpan.FromSeconds(2), Token);
        Assert.Empty(subscriber.Messages);
        var back = Stopwatch.StartNew();
        gate.Open();
        await subscriber.WaitForAsync(Status, "online");
        Assert.InRange(back.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        await subscriber.WaitForAsync(Turns, "199");
        Assert.Equal(Enumerable.Range(0, 200).Select(i => $"{i}"), subscriber.On(Turns));
        Assert.Equal(["ON"], subscriber.On(Speech));
        Assert.Equal(Status, subscriber.Messages[0].Topic);
        Assert.Equal(2, publisher.Counters.Connects);
        Assert.Equal(0, publisher.Counters.Dropped);
    }

    [Fact]
    public async Task What_the_broker_did_not_acknowledge_is_sent_again()
    {
        await using var broker = await TestBroker.StartAsync();
        await using var gate = new Gate(broker.Port);
        await using var subscriber = await Subscriber.StartAsync(broker.Options);
        await using var publisher = new MqttPublisher(broker.Options with { Port = gate.Port });
        publisher.Start();
        await Eventually.TrueAsync(() => publisher.IsConnected, () => "the connection");
        gate.LoseAnswers = true;
        publisher.Publish(Event("a"));
        publisher.Publish(Event("b"));
        await subscriber.WaitForAsync(Turns, "b");
        Assert.Equal(2, publisher.Counters.QueueDepth);
        gate.LoseAnswers = false;
        gate.Cut();
        await subscriber.WaitForAsync(Turns, "b", count: 2);
        await publisher.FlushAsync(Token);
        Assert.Equal(["a", "b", "a", "b"], subscriber.On(Turns));
    }

    [Fact]
    public async Task A_stale_offline_is_corrected()
    {
        await using var broker = await TestBroker.StartAsync();
        await using var subscriber = await Subscriber.StartAsync(broker.Options, Status);
        await using var publisher = new MqttPublisher(broker.Options);
        publisher.Start();
        await subscriber.WaitForAsync(Status, "online");
        await subscriber.PublishAsync(MqttMessage.State(Status, "offline"));
        await subscriber.WaitForAsync(Status, "online", count: 2);
        Assert.Equal(["online", "offline", "online"], subscriber.On(Status));
    }

    [Fact]
    public async Task A_stop_delivers_what_waits_and_says_offline()
    {
        await using var broker = await TestBroker.StartAsync();
        await using var subscriber = await Subscriber.StartAsync(broker.Options);
        var publisher = new MqttPublisher(broker.Options);
        publisher.Start();
        await subscriber.WaitForAsync(Status, "online");
        for (var i = 0; i < 100; i++)
            publisher.Publish(Event($"{i}"));
        await publisher.StopAsync();
        await subscriber.WaitForAsync(Status, "offline");
        Assert.Equal(100, subscriber.On(Turns).Count);
        Assert.Equal("offline", subscriber.Messages[^1].Text);
        await Task.Delay(300, Token);
        Assert.Single(subscriber.On(Status), "offline");
        Assert.False(publisher.IsConnected);
    }

    [Fact]
    public async Task A_reconnect_within_the_wills_delay_is_not_noticed()
    {
        await using var broker = await TestBroker.StartAsync();
        await using var gate = new Gate(broker.Port);
        await using var subscriber = await Subscriber.StartAsync(broker.Options, Status);
        await using var publisher = new MqttPublisher(broker.Options with { Port = gate.Port, WillDelay = TimeSpan.FromSeconds(2) });
        publisher.Start();
        await subscriber.WaitForAsync(Status, "online");
        gate.Cut();
        await subscriber.WaitForAsync(Status, "online", count: 2);
        await Task.Delay(TimeSpan.FromSeconds(4), Token);
        Assert.DoesNotContain("offline", subscriber.On(Status));
    }

    [Fact]
    public async Task Thousands_of_events_pass_without_loss()
    {
        await using var broker = await TestBroker.StartAsync();
        await using var subscriber = await Subscriber.StartAsync(broker.Options, Turns);
        await using var publisher = new MqttPublisher(broker.Options);
        publisher.Start();
        await Eventually.TrueAsync(() => publisher.IsConnected, () => "the connection");
        for (var i = 0; i < 3000; i++)
        {
            publisher.Publish(Event($"{i}"));
            if (i % 500 == 499)
                await publisher.FlushAsync(Token);
        }
        await subscriber.WaitForAsync(Turns, "2999");
        Assert.Equal(Enumerable.Range(0, 3000).Select(i => $"{i}"), subscriber.On(Turns));
    }

    private static MqttMessage Event(string text) => new(Turns, Encoding.UTF8.GetBytes(text));
}
