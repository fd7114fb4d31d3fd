using System.Numerics;
using Diarizer.Networks.Checkpoints.Pickling;

namespace Diarizer.Networks.Checkpoints;

/// <summary>
/// Storages of a file as <c>torch.save</c> wrote it before PyTorch 1.6: pickles of a magic number, a version, the machine's properties, the value and the
/// storages' keys, then for each key the number of elements and the elements.
/// </summary>
internal sealed class SequentialStorages : IStorageSource
{
    private const long Version = 1_001;

    private static readonly BigInteger Magic = BigInteger.Parse("1950a86a20f9469cfc6c", System.Globalization.NumberStyles.HexNumber);

    private readonly Dictionary<string, ReadOnlyMemory<byte>> _values = new(StringComparer.Ordinal);

    /// <summary>Reads a file: its value, and its storages.</summary>
    /// <exception cref="CheckpointDefectException">The file is damaged or none of PyTorch's.</exception>
    public object? Read(ReadOnlyMemory<byte> file)
    {
        var reader = new PickleReader(file);
        var table = new StorageTable(this);
        if (Next() is not BigInteger magic || magic != Magic)
            throw new CheckpointDefectException("it is a pickle, but not one of PyTorch's");
        if (Next() is not Version)
            throw new CheckpointDefectException("it is of an unknown version of PyTorch's format; save it anew with torch.save");
        if (Next() is not PickleDictionary machine || machine.Entries.Any(entry => entry is { Key: "little_endian", Value: not true }))
            throw new CheckpointDefectException("its values are not little endian; save it anew on a machine of the usual byte order");
        object? value = Next();
        var storages = table.All.ToDictionary(storage => storage.Key, StringComparer.Ordinal);
        foreach (object? key in Next() as List<object?> ?? throw new CheckpointDefectException("it has no list of its storages; it is damaged"))
        {
            if (key is not string name || !storages.TryGetValue(name, out var storage) || reader.ReadInt64() != storage.Count)
                throw new CheckpointDefectException("its list of storages does not fit its tensors; it is damaged");
            _values[name] = reader.Take(storage.Size);
        }
        if (storages.Keys.FirstOrDefault(key => !_values.ContainsKey(key)) is { } missing)
            throw new CheckpointDefectException($"it lacks the values of its storage {missing}; it is truncated or damaged");
        return value;

        object? Next() => new PickleMachine(reader, table).Run();
    }

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Read(CheckpointStorage storage) => _values[storage.Key];
}
