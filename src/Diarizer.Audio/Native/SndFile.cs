using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Diarizer.Audio.Native;

/// <summary>libsndfile 1.2 (reads WAV, FLAC, Ogg Vorbis, Opus, MP3). A handle is used by one thread at a time.</summary>
internal static partial class SndFile
{
    public const string Library = "libsndfile.so.1";
    public const int ModeRead = 0x10;
    public const int ModeWrite = 0x20;
    public const int FormatWav = 0x010000;
    public const int FormatAu = 0x030000;
    public const int FormatOgg = 0x200000;
    public const int FormatWavPcm16 = FormatWav | 0x0002;

    private const int SetClipping = 0x10C0;

    public static void Require() => NativeLibraries.Require(Library, "libsndfile", "libsndfile1");

    [LibraryImport(Library, EntryPoint = "sf_open", StringMarshalling = StringMarshalling.Utf8)]
    public static partial SndFileHandle Open(string path, int mode, ref Info info);

    [LibraryImport(Library, EntryPoint = "sf_open_virtual")]
    public static partial SndFileHandle OpenVirtual(in VirtualIo calls, int mode, ref Info info, nint user);

    [LibraryImport(Library, EntryPoint = "sf_readf_float")]
    public static partial long Read(SndFileHandle file, Span<float> interleaved, long frames);

    [LibraryImport(Library, EntryPoint = "sf_writef_float")]
    public static partial long Write(SndFileHandle file, ReadOnlySpan<float> interleaved, long frames);

    [LibraryImport(Library, EntryPoint = "sf_seek")]
    public static partial long Seek(SndFileHandle file, long frames, int origin);

    /// <summary>Makes float-to-integer conversion saturate instead of wrapping round.</summary>
    public static void Saturate(SndFileHandle file) => _ = Command(file, SetClipping, 0, 1);

    [LibraryImport(Library, EntryPoint = "sf_error")]
    public static partial int Error(SndFileHandle file);

    /// <summary>The last error of <paramref name="file"/>; of the last failed open when it is invalid.</summary>
    public static string Message(SndFileHandle? file) =>
        Marshal.PtrToStringUTF8(StrError(file is { IsInvalid: false } ? file.DangerousGetHandle() : 0)) ?? "unknown error";

    [LibraryImport(Library, EntryPoint = "sf_command")]
    private static partial int Command(SndFileHandle file, int command, nint data, int size);

    [LibraryImport(Library, EntryPoint = "sf_strerror")]
    private static partial nint StrError(nint file);

    [LibraryImport(Library, EntryPoint = "sf_close")]
    internal static partial int Close(nint file);

    /// <summary>SF_INFO.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Info
    {
        public long Frames;
        public int SampleRate;
        public int Channels;
        public int Format;
        public int Sections;
        public int Seekable;
    }

    /// <summary>SF_VIRTUAL_IO.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public unsafe struct VirtualIo
    {
        public delegate* unmanaged[Cdecl]<nint, long> GetLength;
        public delegate* unmanaged[Cdecl]<long, int, nint, long> Seek;
        public delegate* unmanaged[Cdecl]<byte*, long, nint, long> Read;
        public delegate* unmanaged[Cdecl]<byte*, long, nint, long> Write;
        public delegate* unmanaged[Cdecl]<nint, long> Tell;
    }
}

/// <summary>An open SNDFILE.</summary>
internal sealed class SndFileHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    protected override bool ReleaseHandle() => SndFile.Close(handle) == 0;
}
