using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Diarizer.Mqtt.Connection;
using Microsoft.Extensions.Logging;

namespace Diarizer.Mqtt.Outbox;

/// <summary>
/// The events on their way: put (in memory), written (in the store, by <see cref="Pass"/>), ready (read ahead, in order), in flight, finished.
/// An event is ready only when it is written; without a working store, memory stands in for it. Any thread may put, take and settle; one thread
/// at a time passes. Nothing but a pass touches the disk.
/// </summary>
internal sealed partial class OutboxQueue : IDisposable
{
    private readonly Lock _gate = new();
    private readonly MqttOutboxOptions _options;
    private readonly int _memoryCapacity;
    private readonly GuardedStore _store;
    private readonly ClockStep _clock;
    private readonly TimeProvider _time;
    private readonly Action _available;
    private readonly Action _wake;

    private readonly SortedDictionary<long, OutboxEntry> _unwritten = [];
    private readonly SortedDictionary<long, OutboxEntry> _ready = [];
    private readonly Dictionary<long, OutboxEntry> _inFlight = [];

    /// <summary>Acknowledged or dropped, and still in the store.</summary>
    private readonly HashSet<long> _finished = [];

    private readonly List<(long Id, TaskCompletionSource<bool> Written)> _waiters = [];
    private readonly ConcurrentQueue<(Func<OutboxEntry, byte[]?> Rewrite, TaskCompletionSource Done)> _rewrites = [];
    private TaskCompletionSource? _emptied;
    private long _lastId;

    /// <summary>Entries up to this id could not be sent when they were put, or were sent before.</summary>
    private long _replayed;

    /// <summary>The last id that was read ahead.</summary>
    private long _cursor = long.MinValue;

    /// <summary>Changes when reading begins anew: what is being read at that moment is then thrown away.</summary>
    private int _generation;
    private bool _isConnected;
    private string? _toldTrouble;
    private int _count;
    private long _bytes;

    /// <param name="options">Bounds.</param>
    /// <param name="memoryCapacity">The most events that are held while there is no working store.</param>
    /// <param name="open">Opens the store (see <see cref="GuardedStore"/>); null for memory only.</param>
    /// <param name="time">Clock.</param>
    /// <param name="log">Where to tell what happens.</param>
    /// <param name="available">Called when there may be something to take; must not block.</param>
    /// <param name="wake">Called when a pass is wanted; must not block.</param>
    public OutboxQueue(
        MqttOutboxOptions options, int memoryCapacity, Func<long?, IOutboxStore>? open, TimeProvider time, ILogger log, Action available, Action wake)
    {
        (_options, _memoryCapacity, _time, _available, _wake) = (options, memoryCapacity, time, available, wake);
        _store = new GuardedStore(open, time, log);
        Drops = new OutboxDrops(time, log);
        _clock = new ClockStep(TimeSpan.FromMinutes(1), time);
    }

    /// <summary>What was dropped.</summary>
    public OutboxDrops Drops { get; }

    /// <summary>Makes messages for subscribers of what they should know about the outbox; null for none.</summary>
    public Func<OutboxNotice, MqttMessage>? Notice { get; init; }

    /// <summary>Why events are in memory only; null when all is well.</summary>
    public string? Trouble => _store.Trouble;

    /// <summary>Events that the broker has not acknowledged.</summary>
    public int Depth
    {
        get
        {
            lock (_gate)
                return _count;
        }
    }

    /// <summary>Puts an event; the next pass writes it.</summary>
    public void Append(MqttMessage message)
    {
        lock (_gate)
        {
            var entry = new OutboxEntry(++_lastId, _time.GetUtcNow(), message.Topic, message.Payload);
            _unwritten.Add(entry.Id, entry);
            _count++;
            _bytes += entry.Size;
            BoundMemory();
        }
        _wake();
    }

    /// <summary>Takes the next event to send.</summary>
    /// <param name="entry">The event.</param>
    /// <param name="replayed">True when it could not be sent when it happened, or was sent before.</param>
    public bool TryTake([NotNullWhen(true)] out OutboxEntry? entry, out bool replayed)
    {
        lock (_gate)
        {
            entry = _ready.Values.FirstOrDefault();
            if (_ready.Count <= ReadAhead / 4 && _count > _inFlight.Count + _ready.Count)
                _wake();
            replayed = entry?.Id <= _replayed;
            if (entry is null)
                return false;
            _ready.Remove(entry.Id);
            _inFlight.Add(entry.Id, entry);
            return true;
        }
    }

    /// <summary>The broker has the event, or (with a reason) will never take it. An event that is not in flight is left alone: it belongs to an older connection.</summary>
    public void Settle(long id, OutboxDrop? drop = null)
    {
        lock (_gate)
        {
            if (!_inFlight.Remove(id, out var entry))
                return;
            if (drop is { } reason)
                Drops.Add(reason);
            Finish(entry);
        }
    }

    /// <summary>A new connection: everything not acknowledged becomes ready again, and what was put until now counts as replayed.</summary>
    public void Restart()
    {
        lock (_gate)
        {
            _inFlight.Clear();
            _replayed = _lastId;
            _isConnected = true;
            ReadAgain();
        }
        _wake();
    }

    /// <summary>The connection was lost.</summary>
    public void Suspend()
    {
        lock (_gate)
            _isConnected = false;
    }

    /// <summary>Completes when the broker has everything.</summary>
    public Task WhenEmpty()
    {
        lock (_gate)
            return _count == 0 ? Task.CompletedTask : (_emptied ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
    }

    /// <summary>Completes when what was put until now is in the store; with false when it is in memory only.</summary>
    public Task<bool> WhenWritten()
    {
        TaskCompletionSource<bool> written = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
            _waiters.Add((_lastId, written));
        _wake();
        return written.Task;
    }

    /// <summary>
    /// Replaces the payload of every event that waits by what <paramref name="rewrite"/> makes of it; null removes the event. When this completes, no trace
    /// of the old bytes is left on disk. Carried out by a pass.
    /// </summary>
    /// <exception cref="UserErrorException">The store does not work at the moment.</exception>
    public Task RewriteAsync(Func<OutboxEntry, byte[]?> rewrite)
    {
        TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _rewrites.Enqueue((rewrite, done));
        _wake();
        return done.Task;
    }

    public void Dispose() => _store.Dispose();

    private void ReadAgain()
    {
        _ready.Clear();
        _cursor = long.MinValue;
        _generation++;
    }

    private void Finish(OutboxEntry entry)
    {
        if (!_unwritten.Remove(entry.Id))
            _finished.Add(entry.Id);
        _count = Math.Max(0, _count - 1);
        _bytes = _count == 0 ? 0 : Math.Max(0, _bytes - entry.Size);
        if (_count > 0)
            return;
        _emptied?.TrySetResult();
        _emptied = null;
    }

    private void Drop(OutboxEntry entry, OutboxDrop reason)
    {
        _ready.Remove(entry.Id);
        Drops.Add(reason);
        Finish(entry);
    }

    /// <summary>Memory stands in for a disk that fails or is slow, up to its capacity.</summary>
    private void BoundMemory()
    {
        if (_unwritten.Count > _memoryCapacity && _unwritten.Values.FirstOrDefault(e => !_inFlight.ContainsKey(e.Id)) is { } oldest)
            Drop(oldest, OutboxDrop.Memory);
    }
}
