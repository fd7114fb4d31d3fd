using Diarizer.Audio.Rtp;

namespace Diarizer.Audio.Tests.Rtp;

/// <summary>Values of G.711 are those of <c>reference/g711.py</c>.</summary>
public class RtpDecoderTests
{
    private static readonly byte[] Codes = [0x00, 0x01, 0x0F, 0x10, 0x2A, 0x55, 0x7E, 0x7F, 0x80, 0x8F, 0xAA, 0xD5, 0xFE, 0xFF];

    [Theory]
    [InlineData(true, new[] { -32124, -31100, -16764, -15996, -5372, -716, -8, 0, 32124, 16764, 5372, 716, 8, 0 })]
    [InlineData(false, new[] { -5504, -5248, -6784, -2752, -32256, -8, -880, -848, 5504, 6784, 32256, 8, 880, 848 })]
    public void G711(bool isMuLaw, int[] expected)
    {
        using var decoder = new G711Decoder(isMuLaw, 8000, 1);
        Assert.Equal(expected.Select(value => value / 32_768f), Decode(decoder, Codes));
    }

    [Fact]
    public void Linear_pcm_is_big_endian()
    {
        using var sixteen = new PcmDecoder(48_000, 1, 2);
        Assert.Equal([0.5f, -1f, 1 / 32_768f], Decode(sixteen, [0x40, 0, 0x80, 0, 0, 1]));
        using var twentyFour = new PcmDecoder(48_000, 1, 3);
        Assert.Equal([0.5f, -1f, 1 / 8_388_608f, -1 / 8_388_608f], Decode(twentyFour, [0x40, 0, 0, 0x80, 0, 0, 0, 0, 1, 0xFF, 0xFF, 0xFF]));
    }

    [Fact]
    public void Half_a_frame_is_no_payload()
    {
        using var decoder = new PcmDecoder(48_000, 2, 2);
        Assert.Equal((2, 0, 0), (decoder.CountFrames(new byte[8]), decoder.CountFrames(new byte[6]), decoder.CountFrames(new byte[7])));
    }

    [Theory]
    // The table of contents of RFC 6716, 3.1: configuration, then the number of frames.
    [InlineData(new byte[] { 0x08, 1, 2 }, 320)]
    [InlineData(new byte[] { 0x18, 1, 2 }, 960)]
    [InlineData(new byte[] { 0xE0 }, 40)]
    [InlineData(new byte[] { 0x0B, 0x03, 0, 0, 0 }, 960)]
    [InlineData(new byte[] { 0x1B, 0x03, 0, 0, 0 }, 0)]
    [InlineData(new byte[] { 0x0B }, 0)]
    public void The_length_of_opus_is_told_by_its_first_bytes(byte[] payload, int frames)
    {
        using var decoder = new OpusRtpDecoder(1);
        Assert.Equal(frames, decoder.CountFrames(payload));
    }

    [Fact]
    public void Damaged_opus_is_said_and_not_played()
    {
        using var decoder = new OpusRtpDecoder(1);
        // Two frames of equal length in an odd number of bytes.
        byte[] payload = [0x09, 1, 2, 3];
        Assert.Equal(640, decoder.CountFrames(payload));
        Assert.False(decoder.Decode(payload, new float[8192]));
    }

    private static float[] Decode(IRtpDecoder decoder, byte[] payload)
    {
        var samples = new float[decoder.CountFrames(payload) * decoder.Format.Channels];
        Assert.True(decoder.Decode(payload, samples));
        return samples;
    }
}
