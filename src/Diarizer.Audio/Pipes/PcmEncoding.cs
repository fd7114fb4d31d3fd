using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Diarizer.Audio.Pipes;

/// <summary>How one sample lies in memory, little-endian.</summary>
public enum PcmEncoding
{
    /// <summary>16-bit integer.</summary>
    S16,

    /// <summary>24-bit integer in three bytes.</summary>
    S24Packed,

    /// <summary>32-bit integer.</summary>
    S32,

    /// <summary>32-bit float, full scale at 1.</summary>
    F32,
}

/// <summary>Sizes and conversion of <see cref="PcmEncoding"/>.</summary>
public static class PcmConversion
{
    /// <summary>Bytes of one sample.</summary>
    public static int BytesPerSample(this PcmEncoding encoding) => encoding switch
    {
        PcmEncoding.S16 => 2,
        PcmEncoding.S24Packed => 3,
        _ => 4,
    };

    /// <summary>Converts every sample of <paramref name="bytes"/>; integers get full scale at 1.</summary>
    /// <param name="encoding">The layout of <paramref name="bytes"/>.</param>
    /// <param name="bytes">Whole samples.</param>
    /// <param name="samples">Room for them.</param>
    public static void ToFloat(this PcmEncoding encoding, ReadOnlySpan<byte> bytes, Span<float> samples)
    {
        switch (encoding)
        {
            case PcmEncoding.S16:
                for (var n = 0; n * 2 < bytes.Length; n++) samples[n] = BinaryPrimitives.ReadInt16LittleEndian(bytes[(n * 2)..]) / 32_768f;
                break;
            case PcmEncoding.S24Packed:
                for (var n = 0; n * 3 < bytes.Length; n++)
                    samples[n] = (bytes[n * 3] | bytes[n * 3 + 1] << 8 | (sbyte)bytes[n * 3 + 2] << 16) / 8_388_608f;
                break;
            case PcmEncoding.S32:
                for (var n = 0; n * 4 < bytes.Length; n++) samples[n] = BinaryPrimitives.ReadInt32LittleEndian(bytes[(n * 4)..]) / 2_147_483_648f;
                break;
            default:
                MemoryMarshal.Cast<byte, float>(bytes).CopyTo(samples);
                break;
        }
    }
}
