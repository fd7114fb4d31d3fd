using System.Buffers.Binary;
using System.IO.Compression;

namespace Diarizer.Training.Drawing;

/// <summary>Writes pictures of at most 256 colours in the PNG format (ISO/IEC 15948): one palette, one byte a pixel.</summary>
internal static class PngImage
{
    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <param name="pixels">Indices into the palette, row by row from the top.</param>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="palette">Red, green and blue of each colour.</param>
    public static byte[] Encode(ReadOnlySpan<byte> pixels, int width, ReadOnlySpan<(byte Red, byte Green, byte Blue)> palette)
    {
        using var file = new MemoryStream();
        file.Write(Signature);
        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), pixels.Length / width);
        (header[8], header[9]) = (8, 3);
        Chunk(file, "IHDR"u8, header);
        byte[] colours = new byte[3 * palette.Length];
        for (int i = 0; i < palette.Length; i++)
            (colours[3 * i], colours[3 * i + 1], colours[3 * i + 2]) = palette[i];
        Chunk(file, "PLTE"u8, colours);
        Chunk(file, "IDAT"u8, Compress(pixels, width));
        Chunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    private static byte[] Compress(ReadOnlySpan<byte> pixels, int width)
    {
        using var data = new MemoryStream();
        using (var zip = new ZLibStream(data, CompressionLevel.Optimal))
        {
            for (int at = 0; at < pixels.Length; at += width)
            {
                // Each row begins with its filter: none.
                zip.WriteByte(0);
                zip.Write(pixels.Slice(at, width));
            }
        }
        return data.ToArray();
    }

    private static void Chunk(MemoryStream file, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        file.Write(type);
        file.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~Crc(Crc(uint.MaxValue, type), data));
        file.Write(number);
    }

    private static uint Crc(uint crc, ReadOnlySpan<byte> data)
    {
        foreach (byte value in data)
        {
            crc ^= value;
            for (int i = 0; i < 8; i++)
                crc = (crc >> 1) ^ (0xEDB88320 & (0 - (crc & 1)));
        }
        return crc;
    }
}
