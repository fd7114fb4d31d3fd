using System.Buffers.Binary;

namespace Diarizer.Audio.Rtp;

/// <summary>One RTP packet as it lies in its datagram (RFC 3550, 5.1).</summary>
internal readonly ref struct RtpPacket
{
    /// <summary>Bytes of a header without contributing sources and extension.</summary>
    public const int HeaderBytes = 12;

    private const int Version = 2;

    private RtpPacket(ReadOnlySpan<byte> datagram, ReadOnlySpan<byte> payload)
    {
        PayloadType = datagram[1] & 0x7F;
        Sequence = BinaryPrimitives.ReadUInt16BigEndian(datagram[2..]);
        Timestamp = BinaryPrimitives.ReadUInt32BigEndian(datagram[4..]);
        Source = BinaryPrimitives.ReadUInt32BigEndian(datagram[8..]);
        Payload = payload;
    }

    /// <summary>Number of the codec, 0 to 127.</summary>
    public int PayloadType { get; }

    /// <summary>Counts packets, modulo 2^16.</summary>
    public ushort Sequence { get; }

    /// <summary>Time of the first frame on the codec's clock, modulo 2^32, from a random start.</summary>
    public uint Timestamp { get; }

    /// <summary>The SSRC: which of all senders.</summary>
    public uint Source { get; }

    /// <summary>The audio, without padding.</summary>
    public ReadOnlySpan<byte> Payload { get; }

    /// <summary>Takes a datagram apart.</summary>
    /// <returns>Why it is none, or <see cref="RtpReject.None"/>.</returns>
    public static RtpReject Parse(ReadOnlySpan<byte> datagram, out RtpPacket packet)
    {
        packet = default;
        if (datagram.Length >= 2 && datagram[0] >> 6 == Version && datagram[1] is >= 192 and <= 223) return RtpReject.Rtcp;
        if (datagram.Length < HeaderBytes) return RtpReject.TooShort;
        if (datagram[0] >> 6 != Version) return RtpReject.NotRtp;
        var start = HeaderBytes + 4 * (datagram[0] & 0x0F);
        if ((datagram[0] & 0x10) != 0)
        {
            if (datagram.Length < start + 4) return RtpReject.BadHeader;
            start += 4 + 4 * BinaryPrimitives.ReadUInt16BigEndian(datagram[(start + 2)..]);
        }

        var end = datagram.Length;
        if ((datagram[0] & 0x20) != 0)
        {
            // The last byte counts the padding, itself included.
            var padding = datagram[^1];
            if (padding == 0) return RtpReject.BadHeader;
            end -= padding;
        }

        if (start > end) return RtpReject.BadHeader;
        packet = new(datagram, datagram[start..end]);
        return RtpReject.None;
    }
}
