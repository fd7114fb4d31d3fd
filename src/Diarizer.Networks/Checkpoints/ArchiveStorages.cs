using System.IO.Compression;

namespace Diarizer.Networks.Checkpoints;

/// <summary>Storages of a zip archive as <c>torch.save</c> writes it since PyTorch 1.6: <c>NAME/data.pkl</c> and one entry <c>NAME/data/KEY</c> each.</summary>
internal sealed class ArchiveStorages : IStorageSource
{
    private const string Pickle = "/data.pkl";

    private readonly Dictionary<string, ZipArchiveEntry> _entries = new(StringComparer.Ordinal);
    private readonly string _folder;
    private (string Key, byte[] Bytes) _last = ("", []);

    /// <exception cref="CheckpointDefectException">The archive is damaged or none of PyTorch's.</exception>
    public ArchiveStorages(byte[] file)
    {
        var archive = Guard(() => new ZipArchive(new MemoryStream(file, writable: false), ZipArchiveMode.Read));
        foreach (var entry in Guard(() => archive.Entries))
        {
            if (!_entries.TryAdd(entry.FullName, entry))
                throw new CheckpointDefectException("two entries of its archive have one name; it is damaged");
        }
        string[] pickles = [.. _entries.Keys.Where(name => name.EndsWith(Pickle, StringComparison.Ordinal))];
        if (pickles is not [var pickle])
            throw new CheckpointDefectException("it is a zip archive but has no data.pkl; it is no checkpoint of PyTorch");
        _folder = pickle[..^Pickle.Length];
        if (_entries.ContainsKey(_folder + "/constants.pkl"))
            throw new CheckpointDefectException("it is a TorchScript module, not a checkpoint; save its weights in Python with torch.save(module.state_dict(), FILE)");
        if (_entries.TryGetValue(_folder + "/byteorder", out var order) && ReadEntry(order) is not [(byte)'l', ..])
            throw new CheckpointDefectException("its values are big endian; save it anew on a machine of the usual byte order");
    }

    /// <summary>Reads the pickle.</summary>
    public byte[] ReadPickle() => ReadEntry(_entries[_folder + Pickle]);

    /// <summary>Checks that a storage is there, of its size and readable.</summary>
    /// <exception cref="CheckpointDefectException">It is not.</exception>
    public void Require(CheckpointStorage storage)
    {
        if (!_entries.TryGetValue($"{_folder}/data/{storage.Key}", out var entry))
            throw new CheckpointDefectException($"its archive lacks the entry data/{storage.Key}; it is truncated or damaged");
        if (entry.Length != storage.Size)
            throw new CheckpointDefectException($"the entry data/{storage.Key} of its archive has {entry.Length} bytes instead of {storage.Size}; it is damaged");
        using var stream = Open(entry);
        Guard(() => Skip(stream, entry.Length));
    }

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Read(CheckpointStorage storage)
    {
        // Kept is the last one only: tensors that share a storage follow each other, and entries that overlap must not add up in memory.
        if (_last.Key != storage.Key)
        {
            _last = (storage.Key, ReadEntry(_entries[$"{_folder}/data/{storage.Key}"]));
        }
        return _last.Bytes;
    }

    private static byte[] ReadEntry(ZipArchiveEntry entry)
    {
        using var stream = Open(entry);
        return Guard(() =>
        {
            var bytes = new byte[entry.Length];
            stream.ReadExactly(bytes);
            return bytes;
        });
    }

    /// <summary>Reads on; damage to an entry shows nowhere earlier.</summary>
    private static long Skip(Stream stream, long bytes)
    {
        var buffer = new byte[Math.Min(bytes, 1 << 16)];
        for (long left = bytes; left > 0; left -= buffer.Length)
            stream.ReadExactly(buffer, 0, (int)Math.Min(left, buffer.Length));
        return bytes;
    }

    /// <summary>Opens an entry that is stored as it is: then no more bytes come out than the file has.</summary>
    private static Stream Open(ZipArchiveEntry entry) => entry.CompressedLength == entry.Length
        ? Guard(entry.Open)
        : throw new CheckpointDefectException("its archive is compressed, which PyTorch's never are; save it anew with torch.save");

    private static T Guard<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is InvalidDataException or IOException or NotSupportedException or ArgumentException or OverflowException)
        {
            throw new CheckpointDefectException($"its archive cannot be read ({e.Message.TrimEnd('.')}); it is truncated or damaged");
        }
    }
}
