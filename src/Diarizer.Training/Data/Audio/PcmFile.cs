using System.Buffers;
using System.Runtime.InteropServices;

namespace Diarizer.Training.Data.Audio;

/// <summary>A file of 16-bit mono samples at 16 kHz.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="Length">Its samples.</param>
internal sealed record PcmFile(string Path, long Length)
{
    /// <summary>Reads samples as floats in [-1, 1); what lies outside the file is 0.</summary>
    public void Read(long start, Span<float> samples)
    {
        samples.Clear();
        long first = Math.Max(start, 0);
        int count = (int)Math.Min(Length - first, start + samples.Length - first);
        if (count <= 0)
            return;
        short[] raw = ArrayPool<short>.Shared.Rent(count);
        using (var file = File.OpenHandle(Path))
        {
            var bytes = MemoryMarshal.AsBytes(raw.AsSpan(0, count));
            for (int got = 0; got < bytes.Length;)
            {
                int read = RandomAccess.Read(file, bytes[got..], first * sizeof(short) + got);
                if (read == 0)
                    throw new UserErrorException($"The cache file {Path} has become shorter; delete it and start again.");
                got += read;
            }
        }
        var target = samples.Slice((int)(first - start), count);
        for (int i = 0; i < count; i++)
            target[i] = raw[i] * (1f / 32768f);
        ArrayPool<short>.Shared.Return(raw);
    }
}
