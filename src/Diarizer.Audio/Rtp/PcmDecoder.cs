using System.Buffers.Binary;

namespace Diarizer.Audio.Rtp;

/// <summary>Linear PCM, big-endian: L16 (RFC 3551, 4.5.11) and L24 (RFC 3190).</summary>
/// <param name="rate">Frames per second, which is the RTP clock too.</param>
/// <param name="channels">Interleaved channels.</param>
/// <param name="bytes">Bytes of a sample, 2 or 3.</param>
internal sealed class PcmDecoder(int rate, int channels, int bytes) : IRtpDecoder
{
    public AudioFormat Format { get; } = new(rate, channels);

    public int ClockRate => rate;

    public int CountFrames(ReadOnlySpan<byte> payload) => payload.Length % (bytes * channels) == 0 ? payload.Length / (bytes * channels) : 0;

    public bool Decode(ReadOnlySpan<byte> payload, Span<float> interleaved)
    {
        if (bytes == 2)
        {
            for (var n = 0; n * 2 < payload.Length; n++) interleaved[n] = BinaryPrimitives.ReadInt16BigEndian(payload[(n * 2)..]) / 32_768f;
            return true;
        }

        for (var n = 0; n * 3 < payload.Length; n++)
            interleaved[n] = ((sbyte)payload[n * 3] << 16 | payload[n * 3 + 1] << 8 | payload[n * 3 + 2]) / 8_388_608f;
        return true;
    }

    public void Dispose()
    {
    }
}
