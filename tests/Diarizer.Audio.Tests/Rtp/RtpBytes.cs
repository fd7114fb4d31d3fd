using System.Buffers.Binary;

namespace Diarizer.Audio.Tests.Rtp;

/// <summary>Packets as RFC 3550, 5.1 draws them.</summary>
internal static class RtpBytes
{
    public static byte[] Packet(int type, int sequence, long timestamp, uint source, byte[] payload, int contributors = 0, int extensionWords = -1, int padding = 0)
    {
        var extension = extensionWords < 0 ? 0 : 4 + 4 * extensionWords;
        var bytes = new byte[12 + 4 * contributors + extension + payload.Length + padding];
        bytes[0] = (byte)(0x80 | contributors | (extensionWords < 0 ? 0 : 0x10) | (padding == 0 ? 0 : 0x20));
        bytes[1] = (byte)type;
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(2), (ushort)sequence);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(4), (uint)timestamp);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(8), source);
        if (extensionWords >= 0) BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(12 + 4 * contributors + 2), (ushort)extensionWords);
        payload.CopyTo(bytes, 12 + 4 * contributors + extension);
        if (padding > 0) bytes[^1] = (byte)padding;
        return bytes;
    }

    /// <summary>The sample that a sender has at a position: distinct enough to see where it went.</summary>
    public static short Sample(long position) => (short)(position * 40_503 >> 3);

    /// <summary>L16, one channel.</summary>
    public static byte[] L16(long from, int count)
    {
        var bytes = new byte[count * 2];
        for (var n = 0; n < count; n++) BinaryPrimitives.WriteInt16BigEndian(bytes.AsSpan(n * 2), Sample(from + n));
        return bytes;
    }
}
