using Diarizer.Mqtt.Contract;

namespace Diarizer.Mqtt.Outbox;

// What one thread does between memory and the store.
internal sealed partial class OutboxQueue
{
    private const int ReadAhead = 256;

    /// <summary>One round: drops what exceeds the bounds, writes what was put and settled in one transaction, reads ahead. May take as long as the disk does.</summary>
    public void Pass()
    {
        Open();
        Shift();
        Bound();
        Announce();
        Write();
        CarryOutRewrites();
        ReadOn();
        Drops.Tell();
    }

    private void Open()
    {
        long lastId;
        lock (_gate)
            lastId = _lastId;
        var isFirst = !_store.WasOpen;
        if (_store.TryOpen(lastId) is not { } kept)
            return;
        if (kept.SetAside is { } file)
            Tell(new(NodeEventType.EventsDropped, $"The outbox could not be read; it was set aside as {file}. Events that waited in it are not sent."));
        lock (_gate)
        {
            if (isFirst)
                (_count, _bytes) = (_count + kept.Entries, _bytes + kept.Bytes);
            else if (kept.Entries == 0)
                BeginFreshFile();
            else
                (_count, _bytes) = (Math.Max(0, kept.Entries - _finished.Count) + _unwritten.Count, kept.Bytes + _unwritten.Values.Sum(e => (long)e.Size));
            if (isFirst)
                Drops.Restore(kept.Drops);
            ReadAgain();
        }
    }

    /// <summary>The last file is gone or was set aside: what memory still has of it goes into the new one.</summary>
    private void BeginFreshFile()
    {
        _finished.Clear();
        foreach (var entry in _ready.Values.Concat(_inFlight.Values))
            _unwritten.TryAdd(entry.Id, entry);
        (_count, _bytes) = (_unwritten.Count, _unwritten.Values.Sum(e => (long)e.Size));
    }

    /// <summary>Ages must not change with the system's clock: a machine that learns the time after its start would find its events years old.</summary>
    private void Shift()
    {
        if (_clock.Next() is not { } step)
            return;
        _store.Try(store => store.Shift(step));
        lock (_gate)
        {
            foreach (var entry in _unwritten.Values.ToList())
                _unwritten[entry.Id] = entry with { At = entry.At + step };
            ReadAgain();
        }
    }

    private void Bound()
    {
        do
        {
            lock (_gate)
            {
                var now = _time.GetUtcNow();
                while (_ready.Values.FirstOrDefault() is { } oldest && WhyDrop(oldest, now) is { } reason)
                    Drop(oldest, reason);
                if (_ready.Count > 0)
                    return;
            }
        }
        while (ReadOn());
    }

    private OutboxDrop? WhyDrop(OutboxEntry oldest, DateTimeOffset now) =>
        _bytes > _options.MaxBytes ? OutboxDrop.Full
        : now - oldest.At > _options.MaxAge ? OutboxDrop.Expired
        : null;

    private void Announce()
    {
        bool connected;
        lock (_gate)
            connected = _isConnected;
        if (connected && Drops.TakeDue() is { } drops)
            Tell(new(NodeEventType.EventsDropped, $"Events were dropped: {OutboxDrops.Words(drops)}.", drops.Values.Sum()));
        if (_toldTrouble == Trouble)
            return;
        _toldTrouble = Trouble;
        Tell(_toldTrouble is { } reason
            ? new(NodeEventType.OutboxDegraded, $"The outbox cannot be used: {reason}. Events are kept in memory only.")
            : new(NodeEventType.OutboxRecovered, "The outbox works again."));
    }

    private void Tell(OutboxNotice notice)
    {
        if (Notice is { } messageOf)
            Append(messageOf(notice));
    }

    private void Write()
    {
        OutboxEntry[] added;
        long[] removed;
        lock (_gate)
            (added, removed) = ([.. _unwritten.Values], [.. _finished]);
        var drops = Drops.TakeUnwritten();
        var idle = added.Length == 0 && removed.Length == 0 && drops.Count == 0;
        var written = idle ? _store.IsOpen : _store.Try(store => store.Write(added, removed, drops));
        if (!written)
            Drops.NotWritten();
        lock (_gate)
        {
            if (written)
            {
                // What was settled meanwhile is in the store now and must leave it.
                _finished.UnionWith(added.Select(e => e.Id).Where(id => !_unwritten.Remove(id)));
                _finished.ExceptWith(removed);
            }
            AnswerWaiters(written);
        }
    }

    private void AnswerWaiters(bool written)
    {
        var next = written ? _unwritten.Keys.FirstOrDefault(long.MaxValue) : long.MaxValue;
        foreach (var (_, answer) in _waiters.Where(w => w.Id < next))
            answer.TrySetResult(written);
        _waiters.RemoveAll(w => w.Id < next);
    }

    private void CarryOutRewrites()
    {
        while (_rewrites.TryDequeue(out var job))
        {
            try
            {
                if (Rewrite(job.Rewrite) || !_store.IsWanted)
                    job.Done.TrySetResult();
                else
                    job.Done.TrySetException(new UserErrorException($"The outbox cannot be rewritten ({Trouble}); try again when its disk works."));
            }
            catch (Exception e)
            {
                job.Done.TrySetException(e);
            }
        }
    }

    /// <returns>True when the store has done it, too.</returns>
    private bool Rewrite(Func<OutboxEntry, byte[]?> rewrite)
    {
        IReadOnlyList<OutboxEntry> gone = [];
        var stored = _store.Try(store => gone = store.Rewrite(rewrite));
        lock (_gate)
        {
            foreach (var entry in gone)
            {
                _inFlight.Remove(entry.Id);
                // What was settled meanwhile is counted already.
                if (!_finished.Contains(entry.Id))
                    Finish(entry);
                _finished.Remove(entry.Id);
            }
            foreach (var entry in _unwritten.Values.ToList())
            {
                if (rewrite(entry) is { } payload)
                    _unwritten[entry.Id] = entry with { Payload = payload };
                else
                    Finish(entry);
            }
            ReadAgain();
        }
        return stored;
    }

    /// <summary>Reads ahead when few are ready.</summary>
    /// <returns>True when there is more to take than before.</returns>
    private bool ReadOn()
    {
        bool full;
        var more = false;
        do
        {
            (int generation, long cursor) begin;
            lock (_gate)
            {
                if (_ready.Count >= ReadAhead / 2)
                    break;
                begin = (_generation, _cursor);
            }
            IReadOnlyList<OutboxEntry> page = [];
            _store.Try(store => page = store.Read(begin.cursor, ReadAhead));
            full = page.Count == ReadAhead;
            lock (_gate)
            {
                // A new connection came in between; it asked for another pass.
                if (_generation != begin.generation)
                    break;
                more |= MakeReady(page);
                if (!_store.IsOpen)
                    more |= MakeReady([.. _unwritten.Values.Where(e => e.Id > _cursor).Take(ReadAhead)]);
            }
        }
        while (full);
        if (more)
            _available();
        return more;
    }

    private bool MakeReady(IReadOnlyList<OutboxEntry> page)
    {
        var more = false;
        foreach (var entry in page)
        {
            _cursor = entry.Id;
            if (!_inFlight.ContainsKey(entry.Id) && !_finished.Contains(entry.Id))
                more |= _ready.TryAdd(entry.Id, entry);
        }
        return more;
    }
}
