using Diarizer.Networks.Checkpoints.Pickling;

namespace Diarizer.Networks.Checkpoints;

/// <summary>The storages that a pickle refers to.</summary>
internal sealed class StorageTable(IStorageSource source)
{
    private readonly Dictionary<string, CheckpointStorage> _storages = new(StringComparer.Ordinal);

    public IReadOnlyCollection<CheckpointStorage> All => _storages.Values;

    /// <summary>The storage that a persistent id <c>('storage', class, key, device, elements[, view])</c> names.</summary>
    /// <exception cref="CheckpointDefectException">It is malformed, or names the same storage as another kind.</exception>
    public CheckpointStorage Resolve(object?[] id)
    {
        if (id is not ["storage", PickleGlobal { Storage: { } type }, string key, string, long count, .. var view] || view is not ([] or [null]))
            throw new CheckpointDefectException("a reference to its stored values is malformed; it is damaged or of an unknown version");
        if (count is < 0 or > int.MaxValue)
            throw new CheckpointDefectException($"it claims {count} elements in one storage, above the {int.MaxValue} that are read");
        var storage = new CheckpointStorage(key, type, count, source);
        if (!_storages.TryGetValue(key, out var known))
            _storages.Add(key, known = storage);
        return known == storage ? known : throw new CheckpointDefectException($"it gives its storage {key} two sizes or types; it is damaged");
    }
}
