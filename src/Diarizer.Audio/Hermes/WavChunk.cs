using System.Buffers.Binary;
using Diarizer.Audio.Pipes;

namespace Diarizer.Audio.Hermes;

/// <summary>A WAV file that is in memory as a whole: its samples where they lie. Chunks that are not known, such as the time that some satellites add, are skipped.</summary>
internal readonly ref struct WavChunk
{
    private const int HeaderBytes = 8;
    private const int FormatBytes = 16;
    private const int Pcm16 = 1;
    private const int Float = 3;

    private WavChunk(AudioFormat format, PcmEncoding encoding, ReadOnlySpan<byte> pcm)
    {
        (Format, Encoding) = (format, encoding);
        Pcm = pcm;
    }

    public AudioFormat Format { get; }

    public PcmEncoding Encoding { get; }

    public ReadOnlySpan<byte> Pcm { get; }

    /// <summary>Finds the samples; false when it is no WAV file, or one with a coding that is not known. Allocates nothing.</summary>
    public static bool TryParse(ReadOnlySpan<byte> file, out WavChunk chunk)
    {
        chunk = default;
        if (file.Length < 12 || !file[..4].SequenceEqual("RIFF"u8) || !file[8..12].SequenceEqual("WAVE"u8)) return false;
        PcmEncoding? encoding = null;
        AudioFormat format = default;
        for (var rest = file[12..]; rest.Length >= HeaderBytes;)
        {
            var (isFormat, isData) = (rest[..4].SequenceEqual("fmt "u8), rest[..4].SequenceEqual("data"u8));
            var length = BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]);
            rest = rest[HeaderBytes..];
            if (isData && encoding is { } known)
            {
                // Some satellites leave the length open.
                chunk = new(format, known, rest[..(int)Math.Min(length, (uint)rest.Length)]);
                return true;
            }

            if (length > rest.Length || (isFormat && !TryFormat(rest[..(int)length], out format, out encoding))) return false;
            // Chunks begin at even places.
            rest = rest[(int)Math.Min(length + (length & 1), rest.Length)..];
        }

        return false;
    }

    private static bool TryFormat(ReadOnlySpan<byte> chunk, out AudioFormat format, out PcmEncoding? encoding)
    {
        (format, encoding) = (default, null);
        if (chunk.Length < FormatBytes) return false;
        encoding = (BinaryPrimitives.ReadUInt16LittleEndian(chunk), BinaryPrimitives.ReadUInt16LittleEndian(chunk[14..])) switch
        {
            (Pcm16, 16) => PcmEncoding.S16,
            (Pcm16, 24) => PcmEncoding.S24Packed,
            (Pcm16, 32) => PcmEncoding.S32,
            (Float, 32) => PcmEncoding.F32,
            _ => null,
        };
        format = new((int)Math.Min(int.MaxValue, BinaryPrimitives.ReadUInt32LittleEndian(chunk[4..])), BinaryPrimitives.ReadUInt16LittleEndian(chunk[2..]));
        return encoding is not null;
    }
}
