namespace Diarizer.Mqtt.Outbox;

/// <summary>Where entries outlive the process. Used by one thread at a time; every member may throw <see cref="OutboxStoreException"/>.</summary>
internal interface IOutboxStore : IDisposable
{
    /// <summary>What was kept when the store was opened.</summary>
    OutboxTotals Kept { get; }

    /// <summary>
    /// What is added to the id of an entry to get its place in the store: the place of the last entry of earlier runs. A store that is opened again
    /// within a run gets it handed over, so that the entries keep their ids.
    /// </summary>
    long Origin { get; }

    /// <summary>Adds and removes in one transaction, which is durable when this returns.</summary>
    /// <param name="added">New entries, in order.</param>
    /// <param name="removed">Ids that need not be kept any longer; unknown ones are ignored.</param>
    /// <param name="drops">Dropped entries that no announcement tells yet; replaces the last count.</param>
    void Write(IReadOnlyCollection<OutboxEntry> added, IReadOnlyCollection<long> removed, IReadOnlyDictionary<OutboxDrop, long> drops);

    /// <summary>The first entries after <paramref name="id"/>, in order.</summary>
    IReadOnlyList<OutboxEntry> Read(long id, int limit);

    /// <summary>Moves the time of every entry: the system clock was stepped.</summary>
    void Shift(TimeSpan step);

    /// <summary>Replaces every payload by what <paramref name="rewrite"/> makes of it (null removes the entry) and leaves no trace of the old bytes.</summary>
    /// <returns>The entries that were removed.</returns>
    IReadOnlyList<OutboxEntry> Rewrite(Func<OutboxEntry, byte[]?> rewrite);
}

/// <summary>What a store holds.</summary>
/// <param name="Entries">Number of entries.</param>
/// <param name="Bytes">Sum of their sizes.</param>
/// <param name="LastId">Id of the last entry; 0 when the run has none there.</param>
/// <param name="Drops">Dropped entries that no announcement tells yet.</param>
/// <param name="SetAside">Where a file lies that could not be used and was replaced by a fresh one; null if none.</param>
internal sealed record OutboxTotals(int Entries, long Bytes, long LastId, IReadOnlyDictionary<OutboxDrop, long> Drops, string? SetAside = null);

/// <summary>The store cannot do what was asked; the message says why in a few words, such as "the disk is full".</summary>
internal sealed class OutboxStoreException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>True when another process has the store open.</summary>
    public bool IsInUse { get; init; }
}
