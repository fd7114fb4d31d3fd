using Diarizer.Audio.Rtp;

namespace Diarizer.Audio.Tests.Rtp;

public class RtpPacketTests
{
    [Theory]
    [InlineData(0, -1, 0)]
    [InlineData(15, -1, 0)]
    [InlineData(0, 0, 0)]
    [InlineData(2, 5, 4)]
    [InlineData(0, -1, 255)]
    public void The_payload_lies_between_sources_extension_and_padding(int contributors, int extension, int padding)
    {
        var bytes = RtpBytes.Packet(96, 65_535, 4_000_000_000, 0xDEADBEEF, [1, 2, 3], contributors, extension, padding);
        Assert.Equal(RtpReject.None, RtpPacket.Parse(bytes, out var packet));
        Assert.Equal((96, 65_535, 4_000_000_000u, 0xDEADBEEFu), (packet.PayloadType, (int)packet.Sequence, packet.Timestamp, packet.Source));
        Assert.Equal([1, 2, 3], packet.Payload.ToArray());
    }

    [Fact]
    public void The_marker_is_no_part_of_the_payload_type()
    {
        var bytes = RtpBytes.Packet(0x80 | 8, 1, 1, 1, [1]);
        Assert.Equal(RtpReject.None, RtpPacket.Parse(bytes, out var packet));
        Assert.Equal(8, packet.PayloadType);
    }

    public static TheoryData<string, byte[]> Refused => new()
    {
        { nameof(RtpReject.TooShort), [] },
        { nameof(RtpReject.TooShort), RtpBytes.Packet(96, 1, 1, 1, [])[..11] },
        { nameof(RtpReject.NotRtp), [.. "GET / HTTP/1.1\r\n"u8] },
        { nameof(RtpReject.NotRtp), Changed(0, 0x40) },
        { nameof(RtpReject.Rtcp), [0x81, 200, 0, 6, .. new byte[24]] },
        { nameof(RtpReject.Rtcp), [0x81, 203] },
        { nameof(RtpReject.BadHeader), Changed(0, 0x8F) },
        { nameof(RtpReject.BadHeader), Changed(0, 0x90) },
        { nameof(RtpReject.BadHeader), RtpBytes.Packet(96, 1, 1, 1, [], extensionWords: 0)[..14] },
        { nameof(RtpReject.BadHeader), Changed(0, 0xA0) },
        { nameof(RtpReject.BadHeader), [.. Changed(0, 0xA0)[..^1], 200] },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_does_not_fit_is_refused_by_its_fault(string reason, byte[] datagram) =>
        Assert.Equal(reason, RtpPacket.Parse(datagram, out _).ToString());

    private static byte[] Changed(int at, byte value)
    {
        // A payload whose end is neither padding nor an extension of a sensible length.
        var bytes = RtpBytes.Packet(96, 1, 1, 1, [9, 9, 255, 255, 9, 9, 9, 0]);
        bytes[at] = value;
        return bytes;
    }
}
