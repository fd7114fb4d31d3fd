using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;

namespace Diarizer.Networks.Tests.Checkpoints;

/// <summary>Writes checkpoint files as <c>torch.save</c> does.</summary>
internal static class CheckpointBuilder
{
    /// <summary>The format since PyTorch 1.6.</summary>
    public static byte[] Archive(byte[] pickle, params (string Key, byte[] Values)[] storages) =>
        Zip([("net/data.pkl", pickle), .. storages.Select(storage => ($"net/data/{storage.Key}", storage.Values)), ("net/version", "3\n"u8.ToArray())]);

    public static byte[] Zip((string Name, byte[] Content)[] entries, CompressionLevel level = CompressionLevel.NoCompression)
    {
        using var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in entries)
            {
                using var stream = archive.CreateEntry(name, level).Open();
                stream.Write(content);
            }
        }
        return file.ToArray();
    }

    /// <summary>The format before PyTorch 1.6.</summary>
    public static byte[] Sequence(byte[] pickle, params (string Key, long Count, byte[] Values)[] storages)
    {
        var keys = new PickleBuilder().Op(']').Op('(');
        foreach (var (key, _, _) in storages)
            keys.Text(key);
        List<byte> file =
        [
            .. new PickleBuilder().Raw(0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19).Stop(),
            .. new PickleBuilder().Number(1_001).Stop(),
            .. new PickleBuilder().Op('}').Op('(').Text("protocol_version").Number(1_001).Text("little_endian").Raw(0x88).Op('u').Stop(),
            .. pickle,
            .. keys.Op('e').Stop(),
        ];
        foreach (var (_, count, values) in storages)
        {
            var length = new byte[8];
            BinaryPrimitives.WriteInt64LittleEndian(length, count);
            file.AddRange([.. length, .. values]);
        }
        return [.. file];
    }

    /// <summary>A state dictionary of zeros whose tensors share one storage.</summary>
    public static byte[] Zeros(IEnumerable<(string Name, long[] Shape)> tensors)
    {
        var listed = tensors.ToList();
        long most = listed.Max(tensor => Count(tensor.Shape));
        var pickle = new PickleBuilder().Global("collections", "OrderedDict").Op(')').Op('R').Op('(');
        foreach (var (name, shape) in listed)
            pickle.Text(name).Tensor("FloatStorage", "0", most, 0, shape, Contiguous(shape));
        return Archive(pickle.Op('u').Stop(), ("0", new byte[most * sizeof(float)]));
    }

    public static byte[] Bytes<T>(params ReadOnlySpan<T> values)
        where T : unmanaged => MemoryMarshal.AsBytes(values).ToArray();

    private static long Count(long[] shape) => shape.Aggregate(1L, (product, size) => product * size);

    private static long[] Contiguous(long[] shape) => [.. shape.Select((_, d) => Count(shape[(d + 1)..]))];
}
