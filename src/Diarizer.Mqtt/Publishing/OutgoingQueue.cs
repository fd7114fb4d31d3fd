using Diarizer.Mqtt.Connection;

namespace Diarizer.Mqtt.Publishing;

/// <summary>
/// What waits in memory for the broker. Retained messages are state: one place for each topic, a newer message takes the place of an older one, and states
/// go before events. Other messages are events: they keep their order, and when <paramref name="capacity"/> of them wait or are in flight the
/// oldest waiting one is dropped and counted. Any thread may put; one takes.
/// </summary>
internal sealed class OutgoingQueue(int capacity, Signal signal)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, RetainedState> _states = [];
    private readonly Queue<RetainedState> _dirty = [];
    private readonly LinkedList<Outgoing> _waiting = [];
    private readonly LinkedList<Outgoing> _inFlight = [];
    private TaskCompletionSource? _emptied;
    private int _statesInFlight;

    /// <summary>Events that wait or are in flight.</summary>
    public int Depth
    {
        get
        {
            lock (_gate)
                return _waiting.Count + _inFlight.Count;
        }
    }

    public long Dropped { get; private set; }

    public long Coalesced { get; private set; }

    public void Put(MqttMessage message)
    {
        lock (_gate)
        {
            if (message.Retain)
                PutState(message);
            else
                PutEvent(message);
            signal.Set();
        }
    }

    /// <summary>Replaces retained messages by what <paramref name="rewrite"/> makes of them and sends those again that differ.</summary>
    public void RewriteStates(Func<MqttMessage, byte[]> rewrite)
    {
        lock (_gate)
        {
            foreach (var message in _states.Values.Select(s => s.Newest).ToList())
            {
                if (rewrite(message) is { } payload && !message.Payload.Span.SequenceEqual(payload))
                    PutState(message with { Payload = payload });
            }
            signal.Set();
        }
    }

    public bool TryTake(out Outgoing outgoing)
    {
        lock (_gate)
        {
            if (_dirty.TryDequeue(out var state))
            {
                state.Dirty = false;
                outgoing = new Outgoing(state.Newest, state);
                if (state.InFlight is null)
                    _statesInFlight++;
                state.InFlight = outgoing;
                return true;
            }
            outgoing = _waiting.First?.Value!;
            if (outgoing is null)
                return false;
            _waiting.RemoveFirst();
            _inFlight.AddLast(outgoing);
            return true;
        }
    }

    /// <summary>The message needs no further care: the broker has it, or will never take it.</summary>
    public void Done(Outgoing outgoing)
    {
        lock (_gate)
        {
            if (outgoing.State is not { } state)
                _inFlight.Remove(outgoing);
            else if (state.InFlight == outgoing)
                Land(state);
            SignalIfEmpty();
        }
    }

    /// <summary>A new connection: every retained state is sent again, and what was in flight goes first among the events, in its old order.</summary>
    public void Restart()
    {
        lock (_gate)
        {
            while (_inFlight.Last is { } last)
            {
                _inFlight.RemoveLast();
                _waiting.AddFirst(last);
            }
            foreach (var state in _states.Values)
            {
                if (state.InFlight is not null)
                    Land(state);
                MarkDirty(state);
            }
            signal.Set();
        }
    }

    /// <summary>Completes when nothing waits and nothing is in flight.</summary>
    public Task WhenEmpty()
    {
        lock (_gate)
        {
            if (IsEmpty())
                return Task.CompletedTask;
            _emptied ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
            return _emptied.Task;
        }
    }

    private void PutState(MqttMessage message)
    {
        if (!_states.TryGetValue(message.Topic, out var state))
            _states[message.Topic] = state = new(message);
        else if (state.Dirty)
            Coalesced++;
        state.Newest = message;
        MarkDirty(state);
    }

    private void PutEvent(MqttMessage message)
    {
        if (_waiting.Count + _inFlight.Count >= capacity && _waiting.First is not null)
        {
            _waiting.RemoveFirst();
            Dropped++;
        }
        _waiting.AddLast(new Outgoing(message, null));
    }

    private void MarkDirty(RetainedState state)
    {
        if (state.Dirty)
            return;
        state.Dirty = true;
        _dirty.Enqueue(state);
    }

    private void Land(RetainedState state)
    {
        state.InFlight = null;
        _statesInFlight--;
    }

    private bool IsEmpty() => _waiting.Count + _inFlight.Count + _dirty.Count + _statesInFlight == 0;

    private void SignalIfEmpty()
    {
        if (_emptied is null || !IsEmpty())
            return;
        _emptied.TrySetResult();
        _emptied = null;
    }
}
