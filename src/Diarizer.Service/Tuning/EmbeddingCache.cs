using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace Diarizer.Service.Tuning;

/// <summary>
/// Embeddings of windows, in memory and in a file that only the user can read. The file holds records of a 16-byte key and the embedding; what a killed
/// program left unfinished at its end is cut off. While another program writes the file, new embeddings are kept in memory alone.
/// </summary>
internal sealed class EmbeddingCache : IDisposable
{
    /// <summary>Most bytes of embeddings that are kept; later ones are computed each time.</summary>
    public const long MostBytes = 1L << 30;

    private const int KeyBytes = 16;

    private readonly ConcurrentDictionary<UInt128, float[]> _known = new();
    private readonly int _dimension;
    private readonly FileStream? _file;
    private readonly Lock _writing = new();

    private EmbeddingCache(int dimension, FileStream? file) => (_dimension, _file) = (dimension, file);

    /// <summary>Embeddings known.</summary>
    public int Count => _known.Count;

    private int RecordBytes => KeyBytes + (_dimension * sizeof(float));

    /// <summary>Opens the cache of one embedder.</summary>
    /// <param name="folder">Where the file lies; null for memory alone.</param>
    /// <param name="embedder">Digest of the embedder's weights.</param>
    /// <param name="dimension">Length of an embedding.</param>
    /// <exception cref="UserErrorException">The folder cannot be used.</exception>
    public static EmbeddingCache Open(string? folder, string embedder, int dimension)
    {
        if (folder is null)
            return new EmbeddingCache(dimension, null);
        var path = Path.Combine(folder, $"embeddings-{embedder[..16]}.bin");
        try
        {
            CreateFolder(folder);
            var cache = new EmbeddingCache(dimension, TryOpen(path));
            cache.Load();
            return cache;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"The cache {path} cannot be used ({e.Message.TrimEnd('.')}); choose another place with --cache.", e);
        }
    }

    /// <summary>Copies an embedding, if it is known.</summary>
    public bool TryGet(UInt128 key, Span<float> embedding)
    {
        if (!_known.TryGetValue(key, out var known))
            return false;
        known.CopyTo(embedding);
        return true;
    }

    /// <summary>Keeps an embedding.</summary>
    public void Add(UInt128 key, ReadOnlySpan<float> embedding)
    {
        if ((long)_known.Count * RecordBytes >= MostBytes || !_known.TryAdd(key, embedding.ToArray()) || _file is null)
            return;
        Span<byte> record = new byte[RecordBytes];
        MemoryMarshal.Write(record, in key);
        MemoryMarshal.AsBytes(embedding).CopyTo(record[KeyBytes..]);
        lock (_writing)
            _file.Write(record);
    }

    /// <inheritdoc/>
    public void Dispose() => _file?.Dispose();

    private static void CreateFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static FileStream? TryOpen(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            return new FileStream(path, options);
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
    }

    private void Load()
    {
        if (_file is null)
            return;
        _file.SetLength(_file.Length / RecordBytes * RecordBytes);
        var record = new byte[RecordBytes];
        while (_file.ReadAtLeast(record, RecordBytes, throwOnEndOfStream: false) == RecordBytes)
            _known[MemoryMarshal.Read<UInt128>(record)] = MemoryMarshal.Cast<byte, float>(record.AsSpan(KeyBytes)).ToArray();
    }
}
