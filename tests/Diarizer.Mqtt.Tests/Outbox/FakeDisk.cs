using Diarizer.Mqtt.Outbox;

namespace Diarizer.Mqtt.Tests.Outbox;

/// <summary>A disk that a test can break: it holds what was written when the process "ends", and does nothing while it is broken.</summary>
internal sealed class FakeDisk
{
    private readonly SortedDictionary<long, OutboxEntry> _rows = [];
    private Dictionary<OutboxDrop, long> _drops = [];

    /// <summary>Why it fails; null while it works.</summary>
    public string? Broken { get; set; }

    /// <summary>Texts of what it holds, in order.</summary>
    public IReadOnlyList<string> Texts => [.. _rows.Values.Select(e => System.Text.Encoding.UTF8.GetString(e.Payload.Span))];

    public IOutboxStore Open(long? origin)
    {
        ThrowIfBroken();
        return new Store(this, origin ?? _rows.Keys.LastOrDefault());
    }

    public void Lose() => _rows.Clear();

    private void ThrowIfBroken()
    {
        if (Broken is not null)
            throw new OutboxStoreException(Broken);
    }

    private sealed class Store(FakeDisk disk, long origin) : IOutboxStore
    {
        public OutboxTotals Kept { get; } = new(disk._rows.Count, disk._rows.Values.Sum(e => (long)e.Size), disk._rows.Keys.LastOrDefault(origin) - origin, disk._drops);

        public long Origin => origin;

        public void Write(IReadOnlyCollection<OutboxEntry> added, IReadOnlyCollection<long> removed, IReadOnlyDictionary<OutboxDrop, long> drops)
        {
            disk.ThrowIfBroken();
            foreach (var entry in added)
                disk._rows[entry.Id + origin] = entry;
            foreach (var id in removed)
                disk._rows.Remove(id + origin);
            if (drops.Count > 0)
                disk._drops = drops.Where(d => d.Value > 0).ToDictionary();
        }

        public IReadOnlyList<OutboxEntry> Read(long id, int limit)
        {
            disk.ThrowIfBroken();
            return [.. disk._rows.Where(r => r.Key - origin > id).Take(limit).Select(r => r.Value with { Id = r.Key - origin })];
        }

        public void Shift(TimeSpan step)
        {
            foreach (var row in disk._rows.ToList())
                disk._rows[row.Key] = row.Value with { At = row.Value.At + step };
        }

        public IReadOnlyList<OutboxEntry> Rewrite(Func<OutboxEntry, byte[]?> rewrite)
        {
            disk.ThrowIfBroken();
            List<OutboxEntry> gone = [];
            foreach (var (row, entry) in disk._rows.ToList())
            {
                if (rewrite(entry) is { } payload)
                    disk._rows[row] = entry with { Payload = payload };
                else if (disk._rows.Remove(row))
                    gone.Add(entry with { Id = row - origin });
            }
            return gone;
        }

        public void Dispose()
        {
        }
    }
}
