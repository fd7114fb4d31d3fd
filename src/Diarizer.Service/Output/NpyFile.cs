using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Diarizer.Service.Output;

/// <summary>Writes NumPy's array format, version 1.0 (numpy.lib.format): magic, header length, Python dictionary, raw little-endian data.</summary>
public static class NpyFile
{
    /// <summary>Writes a one-dimensional float32 array.</summary>
    /// <exception cref="UserErrorException">The file cannot be written.</exception>
    public static void Write(string path, ReadOnlySpan<float> values)
    {
        try
        {
            using var file = File.Create(path);
            file.Write(Header(values.Length));
            file.Write(MemoryMarshal.AsBytes(values));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{path} cannot be written ({e.Message.TrimEnd('.')}); choose another place.", e);
        }
    }

    private static byte[] Header(int length)
    {
        const int Alignment = 64;
        const int Preamble = 10;
        var dictionary = string.Create(CultureInfo.InvariantCulture, $"{{'descr': '<f4', 'fortran_order': False, 'shape': ({length},), }}");
        var total = (Preamble + dictionary.Length + 1 + Alignment - 1) / Alignment * Alignment;
        var header = new byte[total];
        header[0] = 0x93;
        "NUMPY"u8.CopyTo(header.AsSpan(1));
        header[6] = 1;
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(8), (ushort)(total - Preamble));
        Encoding.ASCII.GetBytes(dictionary.PadRight(total - Preamble - 1) + '\n').CopyTo(header, Preamble);
        return header;
    }
}
