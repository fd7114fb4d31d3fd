using System.Text;
using Diarizer.Mqtt.Connection;
using Diarizer.Mqtt.Publishing;

namespace Diarizer.Mqtt.Tests.Publishing;

public sealed class OutgoingQueueTests : IDisposable
{
    private readonly Signal _signal = new();
    private readonly OutgoingQueue _queue;

    public OutgoingQueueTests() => _queue = new(capacity: 4, _signal);

    public void Dispose() => _signal.Dispose();

    [Fact]
    public void Events_keep_their_order_and_the_oldest_is_dropped_when_full()
    {
        for (var i = 1; i <= 6; i++)
            Event($"e{i}");
        Assert.Equal(2, _queue.Dropped);
        Assert.Equal(["e3", "e4", "e5", "e6"], TakeAll());
    }

    [Fact]
    public void An_event_in_flight_is_not_the_one_dropped()
    {
        Event("e1");
        Assert.True(_queue.TryTake(out _));
        for (var i = 2; i <= 5; i++)
            Event($"e{i}");
        _queue.Restart();
        Assert.Equal(["e1", "e3", "e4", "e5"], TakeAll());
    }

    [Fact]
    public void Rewritten_states_are_sent_again_and_the_others_are_not()
    {
        State("a", "Ann");
        State("b", "Bob");
        Assert.Equal(["Ann", "Bob"], TakeAll());
        _queue.RewriteStates(m => m.Topic == "a" ? [.. "somebody"u8] : m.Payload.ToArray());
        Assert.Equal(["somebody"], TakeAll());
        _queue.Restart();
        Assert.Equal(["somebody", "Bob"], TakeAll());
    }

    [Fact]
    public void States_coalesce_and_go_first()
    {
        Event("e1");
        State("t", "a");
        State("t", "b");
        State("u", "x");
        State("t", "c");
        Assert.Equal(2, _queue.Coalesced);
        Assert.Equal(["c", "x", "e1"], TakeAll());
    }

    [Fact]
    public void After_a_restart_all_states_come_again_and_unacknowledged_events_come_first_in_their_order()
    {
        State("t", "a");
        Event("e1");
        Event("e2");
        Event("e3");
        var taken = Enumerable.Range(0, 3).Select(_ => Take()).ToList();
        _queue.Done(taken[0]);
        _queue.Done(taken[2]);
        Event("e4");
        _queue.Restart();
        Assert.Equal(["a", "e1", "e3", "e4"], TakeAll());
    }

    [Fact]
    public async Task Empty_means_acknowledged()
    {
        Assert.True(_queue.WhenEmpty().IsCompleted);
        State("t", "a");
        Event("e1");
        var empty = _queue.WhenEmpty();
        var state = Take();
        var one = Take();
        _queue.Done(one);
        Assert.False(empty.IsCompleted);
        _queue.Done(state);
        await empty.WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);
    }

    [Fact]
    public void An_acknowledgement_of_an_older_state_does_not_settle_the_newer()
    {
        State("t", "a");
        var old = Take();
        State("t", "b");
        var newer = Take();
        _queue.Done(old);
        Assert.False(_queue.WhenEmpty().IsCompleted);
        _queue.Done(newer);
        Assert.True(_queue.WhenEmpty().IsCompleted);
    }

    private void Event(string text) => _queue.Put(new("turns", Encoding.UTF8.GetBytes(text)));

    private void State(string topic, string text) => _queue.Put(MqttMessage.State(topic, text));

    private Outgoing Take()
    {
        Assert.True(_queue.TryTake(out var outgoing));
        return outgoing;
    }

    private List<string> TakeAll()
    {
        List<string> texts = [];
        while (_queue.TryTake(out var outgoing))
            texts.Add(outgoing.Message.Text);
        return texts;
    }
}
