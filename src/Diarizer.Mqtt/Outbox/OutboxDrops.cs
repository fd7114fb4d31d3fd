using Microsoft.Extensions.Logging;

namespace Diarizer.Mqtt.Outbox;

/// <summary>
/// Counts dropped events, so that no loss is silent: it goes to the log at once and then once a minute, to the store until it is announced, and to
/// the subscribers once there is a connection, at most every ten seconds. Any thread may add.
/// </summary>
internal sealed class OutboxDrops(TimeProvider time, ILogger log)
{
    private static readonly TimeSpan AnnouncementInterval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LogInterval = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<OutboxDrop, long> _unannounced = [];
    private readonly Dictionary<OutboxDrop, long> _untold = [];
    private long _total;
    private long? _announcedAt;
    private long? _toldAt;
    private bool _isWritten = true;

    /// <summary>Dropped since the start.</summary>
    public long Total => Interlocked.Read(ref _total);

    public void Add(OutboxDrop reason)
    {
        Interlocked.Increment(ref _total);
        lock (_gate)
        {
            _untold[reason] = _untold.GetValueOrDefault(reason) + 1;
            _unannounced[reason] = _unannounced.GetValueOrDefault(reason) + 1;
            _isWritten = false;
        }
    }

    /// <summary>Takes over what an earlier run did not announce any more.</summary>
    public void Restore(IReadOnlyDictionary<OutboxDrop, long> drops)
    {
        lock (_gate)
        {
            foreach (var (reason, count) in drops)
                _unannounced[reason] = _unannounced.GetValueOrDefault(reason) + count;
        }
    }

    /// <summary>The counts to announce now; null when there are none or the last announcement was just made.</summary>
    public IReadOnlyDictionary<OutboxDrop, long>? TakeDue()
    {
        lock (_gate)
        {
            if (_unannounced.Values.All(count => count == 0) || (_announcedAt is { } last && time.GetElapsedTime(last) < AnnouncementInterval))
                return null;
            var due = _unannounced.Where(d => d.Value > 0).ToDictionary();
            foreach (var reason in due.Keys)
                _unannounced[reason] = 0;
            _announcedAt = time.GetTimestamp();
            _isWritten = false;
            return due;
        }
    }

    /// <summary>The counts that the store does not have yet; empty when it has them.</summary>
    public IReadOnlyDictionary<OutboxDrop, long> TakeUnwritten()
    {
        lock (_gate)
        {
            if (_isWritten)
                return new Dictionary<OutboxDrop, long>();
            _isWritten = true;
            return _unannounced.ToDictionary();
        }
    }

    /// <summary>The store did not take them.</summary>
    public void NotWritten()
    {
        lock (_gate)
            _isWritten = _unannounced.Count == 0;
    }

    /// <summary>Tells the log.</summary>
    public void Tell()
    {
        lock (_gate)
        {
            if (_untold.Count == 0 || (_toldAt is { } last && time.GetElapsedTime(last) < LogInterval))
                return;
            _toldAt = time.GetTimestamp();
            log.EventsDropped(Words(_untold));
            _untold.Clear();
        }
    }

    /// <summary>"12 because more waited than may".</summary>
    public static string Words(IReadOnlyDictionary<OutboxDrop, long> drops) => string.Join(", ", drops.OrderBy(d => d.Key).Select(d => $"{d.Value} because {Why(d.Key)}"));

    private static string Why(OutboxDrop reason) => reason switch
    {
        OutboxDrop.Full => "more waited than Mqtt:Outbox:MaxMegabytes allows",
        OutboxDrop.Expired => "they waited longer than Mqtt:Outbox:MaxAge allows",
        OutboxDrop.Memory => "the disk failed and the memory that stood in for it was full",
        _ => "the broker does not take them",
    };
}
