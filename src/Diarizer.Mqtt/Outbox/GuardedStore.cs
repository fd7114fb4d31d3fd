using Microsoft.Extensions.Logging;

namespace Diarizer.Mqtt.Outbox;

/// <summary>
/// A store as long as it works. When it fails it is closed, and opened again after waits that grow to half a minute; every change is told once.
/// Used by one thread at a time.
/// </summary>
/// <param name="open">Opens the store, given the origin of the ids if there is one already; null for none at all: memory only.</param>
/// <param name="time">Clock for the waits.</param>
/// <param name="log">Takes each change.</param>
internal sealed class GuardedStore(Func<long?, IOutboxStore>? open, TimeProvider time, ILogger log) : IDisposable
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private IOutboxStore? _store;
    private long? _origin;
    private long? _failedAt;
    private TimeSpan _wait = FirstWait;
    private volatile string? _trouble;

    /// <summary>False for memory only, as was asked for.</summary>
    public bool IsWanted => open is not null;

    /// <summary>True while entries are kept on disk.</summary>
    public bool IsOpen => _store is not null;

    /// <summary>True once it was open.</summary>
    public bool WasOpen => _origin is not null;

    /// <summary>Why entries are in memory only; null when all is well, or when that was asked for.</summary>
    public string? Trouble => _trouble;

    /// <summary>Opens the store if there should be one, none is open and the wait is over.</summary>
    /// <param name="lastId">The last id that this run gave out.</param>
    /// <returns>What the store kept, if it was opened now.</returns>
    public OutboxTotals? TryOpen(long lastId)
    {
        if (open is null || _store is not null || (_failedAt is { } failed && time.GetElapsedTime(failed) < _wait))
            return null;
        var first = !WasOpen;
        OutboxTotals? kept = null;
        Try(() =>
        {
            _store = open(_origin);
            if (_store.Kept.LastId > lastId)
                throw new OutboxStoreException("another diarizer has written to the file (give each daemon its own StateDirectory)");
            _origin = _store.Origin;
            kept = _store.Kept;
        });
        if (kept is null)
            return null;
        if (_trouble is not null)
            log.OutboxRecovered();
        else if (first && kept.Entries > 0)
            log.OutboxHasEvents(kept.Entries);
        _trouble = null;
        _wait = FirstWait;
        return kept;
    }

    /// <summary>Does something with the store.</summary>
    /// <returns>True when it succeeded; false when there is no store or it failed and is closed now.</returns>
    public bool Try(Action<IOutboxStore> work) => _store is { } store && Try(() => work(store));

    public void Dispose() => Close();

    private bool Try(Action work)
    {
        try
        {
            work();
            return true;
        }
        catch (OutboxStoreException e)
        {
            Close();
            if (_failedAt is not null)
                _wait = _wait * 2 < LongestWait ? _wait * 2 : LongestWait;
            _failedAt = time.GetTimestamp();
            if (_trouble != e.Message)
                log.OutboxFailed(e.Message);
            _trouble = e.Message;
            return false;
        }
    }

    private void Close()
    {
        try
        {
            _store?.Dispose();
        }
        catch (Exception e) when (e is OutboxStoreException or System.Data.Common.DbException or IOException)
        {
            // It failed already.
        }
        _store = null;
    }
}
