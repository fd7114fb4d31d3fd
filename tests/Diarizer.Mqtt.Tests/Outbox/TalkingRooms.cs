using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Diarizer.Mqtt.Connection;
using Diarizer.Mqtt.Publishing;
using Diarizer.Mqtt.Tests.Support;

namespace Diarizer.Mqtt.Tests.Outbox;

/// <summary>
/// Three rooms that talk through a gate to a broker with a subscriber behind it, and what must hold whatever a broker does to them: no turn is lost, none
/// comes twice after dropping ids seen before, the order of each room holds, <c>online</c> is back within 5 s, publishing never waits, and the end takes
/// 2 s at most.
/// </summary>
internal sealed class TalkingRooms : IAsyncDisposable
{
    private static readonly TimeSpan BackAgain = TimeSpan.FromSeconds(5);

    private readonly MqttPublisher _publisher;
    private readonly CancellationTokenSource _silence = new();
    private readonly ConcurrentQueue<string> _received = [];
    private readonly List<Thread> _speakers;
    private readonly int[] _said = new int[3];
    private readonly long[] _longestPublish = new long[3];
    private Subscriber? _subscriber;

    private TalkingRooms(TestBroker broker, string state)
    {
        Broker = broker;
        Gate = new Gate(broker.Port);
        _publisher = new MqttPublisher(broker.Options with { Port = Gate.Port, BackoffMin = TimeSpan.FromMilliseconds(20), Outbox = new() { Directory = state } });
        _speakers = [.. Enumerable.Range(0, 3).Select(i => new Thread(() => Talk(i)))];
    }

    public TestBroker Broker { get; }

    public Gate Gate { get; }

    /// <summary>Lets the rooms talk, makes trouble, and accounts for every turn.</summary>
    public static async Task TroubleAsync(string state, Func<TalkingRooms, Task> trouble)
    {
        var token = TestContext.Current.CancellationToken;
        await using var rooms = await StartAsync(state);
        await Task.Delay(300, token);
        await trouble(rooms);
        var back = Stopwatch.StartNew();
        await rooms.WaitUntilOnlineAsync();
        Assert.InRange(back.Elapsed, TimeSpan.Zero, BackAgain);
        await Task.Delay(300, token);
        await rooms.EndAsync();
    }

    public async Task SubscribeAgainAsync()
    {
        if (_subscriber is not null)
            await _subscriber.DisposeAsync();
        _subscriber = await Subscriber.StartAsync(Broker.Options, "diarizer/test/#");
        _subscriber.Received += message => _received.Enqueue($"{message.Topic} {message.Text}");
    }

    public async ValueTask DisposeAsync()
    {
        await _silence.CancelAsync();
        await _publisher.DisposeAsync();
        await Gate.DisposeAsync();
        if (_subscriber is not null)
            await _subscriber.DisposeAsync();
        await Broker.DisposeAsync();
    }

    private static async Task<TalkingRooms> StartAsync(string state)
    {
        var rooms = new TalkingRooms(await TestBroker.StartAsync("allow_anonymous true", "max_queued_messages 0"), state);
        await rooms.SubscribeAgainAsync();
        rooms._publisher.Start();
        rooms._speakers.ForEach(s => s.Start());
        return rooms;
    }

    private async Task WaitUntilOnlineAsync()
    {
        // Seen by a subscriber that asks now, not by what came before.
        await using var late = await Subscriber.StartAsync(Broker.Options, "diarizer/test/status");
        var connects = _publisher.Counters.Connects;
        await Eventually.TrueAsync(() => _publisher.IsConnected && late.On("diarizer/test/status") is [.., "online"], () => $"online; {connects} connects");
    }

    private async Task EndAsync()
    {
        await _silence.CancelAsync();
        _speakers.ForEach(s => s.Join());
        await _publisher.FlushAsync(TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(() => Ids().Count == _said.Sum(), () => $"{_said.Sum()} turns; {Ids().Count} came");
        for (var room = 0; room < 3; room++)
        {
            var numbers = Ids().Where(id => id.StartsWith($"{room}-", StringComparison.Ordinal)).Select(id => int.Parse(id[2..], provider: null));
            Assert.Equal(Enumerable.Range(1, _said[room]), numbers);
        }
        Assert.Equal(0, _publisher.Counters.Dropped);
        Assert.InRange(Stopwatch.GetElapsedTime(0, _longestPublish.Max()).TotalMilliseconds, 0, 1000);

        Gate.IsSilent = Gate.LoseAnswers = true;
        _publisher.Publish(Turn(0, ++_said[0]));
        var end = Stopwatch.StartNew();
        await _publisher.StopAsync();
        Assert.InRange(end.ElapsedMilliseconds, 0, 2000);
    }

    private static MqttMessage Turn(int room, int number) =>
        new($"diarizer/test/streams/r{room}/turns", Encoding.UTF8.GetBytes($$"""{"id":"{{room}}-{{number}}","replayed":false}"""), Durable: true);

    /// <summary>Ids in the order in which each came first.</summary>
    private List<string> Ids() =>
        [.. _received.Where(r => r.Contains("/turns ", StringComparison.Ordinal))
            .Select(r => JsonDocument.Parse(r[(r.IndexOf(' ', StringComparison.Ordinal) + 1)..]).RootElement.GetProperty("id").GetString()!)
            .Distinct()];

    private void Talk(int room)
    {
        while (!_silence.IsCancellationRequested)
        {
            var began = Stopwatch.GetTimestamp();
            _publisher.Publish(Turn(room, ++_said[room]));
            _longestPublish[room] = Math.Max(_longestPublish[room], Stopwatch.GetTimestamp() - began);
            Thread.Sleep(10);
        }
    }
}
