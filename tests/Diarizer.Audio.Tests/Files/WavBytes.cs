using System.Buffers.Binary;

namespace Diarizer.Audio.Tests.Files;

/// <summary>WAV files made by hand, honest or not.</summary>
internal static class WavBytes
{
    public static byte[] Make(int frames, int rate = 16_000, int channels = 1, uint? dataSize = null, uint? riffSize = null, bool floats = false)
    {
        var bytesPerSample = floats ? 4 : 2;
        var data = frames * Math.Clamp(channels, 1, 2000) * bytesPerSample;
        var bytes = new byte[44 + data];
        "RIFF"u8.CopyTo(bytes);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4), riffSize ?? (uint)(36 + data));
        "WAVEfmt "u8.CopyTo(bytes.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(16), 16);
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(20), (short)(floats ? 3 : 1));
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(22), (short)channels);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(24), rate);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(28), unchecked(rate * channels * bytesPerSample));
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(32), (short)(channels * bytesPerSample));
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(34), (short)(bytesPerSample * 8));
        "data"u8.CopyTo(bytes.AsSpan(36));
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(40), dataSize ?? (uint)data);
        for (var n = 44; n + bytesPerSample <= bytes.Length; n += bytesPerSample)
        {
            if (floats) BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(n), 0.25f);
            else BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(n), 8192);
        }

        return bytes;
    }
}
