using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Diarizer.Audio.Native;

/// <summary>libsoxr 0.1.3, one channel of float in and out. A handle is used by one thread at a time.</summary>
internal static unsafe partial class Soxr
{
    public const string Library = "libsoxr.so.0";

    public static void Require() => NativeLibraries.Require(Library, "libsoxr", "libsoxr0");

    [LibraryImport(Library, EntryPoint = "soxr_create")]
    public static partial SoxrHandle Create(
        double inputRate, double outputRate, uint channels, out nint error, nint ioSpec, nint qualitySpec, in RuntimeSpec runtime);

    [LibraryImport(Library, EntryPoint = "soxr_process")]
    public static partial nint Process(
        SoxrHandle resampler, float* input, nuint inputLength, out nuint inputDone, float* output, nuint outputLength, out nuint outputDone);

    [LibraryImport(Library, EntryPoint = "soxr_clear")]
    public static partial nint Clear(SoxrHandle resampler);

    [LibraryImport(Library, EntryPoint = "soxr_delete")]
    internal static partial void Delete(nint resampler);

    /// <summary>soxr_runtime_spec_t.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct RuntimeSpec
    {
        public uint Log2MinDftSize;
        public uint Log2LargeDftSize;
        public uint CoefficientKilobytes;
        public uint Threads;
        public nint Reserved;
        public nuint Flags;
    }
}

/// <summary>A soxr_t.</summary>
internal sealed class SoxrHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    protected override bool ReleaseHandle()
    {
        Soxr.Delete(handle);
        return true;
    }
}
