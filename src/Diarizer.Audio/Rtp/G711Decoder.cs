namespace Diarizer.Audio.Rtp;

/// <summary>PCMU and PCMA: a byte a sample by the laws of ITU-T G.711.</summary>
internal sealed class G711Decoder(bool isMuLaw, int rate, int channels) : IRtpDecoder
{
    private static readonly float[] MuLaw = [.. Enumerable.Range(0, 256).Select(code => FromMuLaw((byte)code) / 32_768f)];
    private static readonly float[] ALaw = [.. Enumerable.Range(0, 256).Select(code => FromALaw((byte)code) / 32_768f)];

    private readonly float[] _table = isMuLaw ? MuLaw : ALaw;

    public AudioFormat Format { get; } = new(rate, channels);

    public int ClockRate => rate;

    public int CountFrames(ReadOnlySpan<byte> payload) => payload.Length % channels == 0 ? payload.Length / channels : 0;

    public bool Decode(ReadOnlySpan<byte> payload, Span<float> interleaved)
    {
        for (var n = 0; n < payload.Length; n++) interleaved[n] = _table[payload[n]];
        return true;
    }

    public void Dispose()
    {
    }

    // 14 bits, at the scale of 16.
    private static int FromMuLaw(byte code)
    {
        var bits = ~code;
        var magnitude = (((bits & 0x0F) << 3) + 0x84 << ((bits & 0x70) >> 4)) - 0x84;
        return (bits & 0x80) != 0 ? -magnitude : magnitude;
    }

    // 13 bits, at the scale of 16; every other bit goes inverted over the wire.
    private static int FromALaw(byte code)
    {
        var bits = code ^ 0x55;
        var magnitude = ((bits & 0x0F) << 4) + 8;
        var segment = (bits & 0x70) >> 4;
        if (segment > 0) magnitude = magnitude + 0x100 << segment - 1;
        return (bits & 0x80) != 0 ? magnitude : -magnitude;
    }
}
