using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Diarizer.Service.Tuning;

/// <summary>Tells stretches of audio apart by their samples.</summary>
internal static class SampleDigest
{
    /// <summary>Half of the SHA-256 of the samples' bytes: no two stretches that anybody will meet share it.</summary>
    public static UInt128 Of(ReadOnlySpan<float> samples)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(MemoryMarshal.AsBytes(samples), digest);
        return MemoryMarshal.Read<UInt128>(digest);
    }
}
