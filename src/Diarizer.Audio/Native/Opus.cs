using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Diarizer.Audio.Native;

/// <summary>libopus 1.3, decoding. Functions return a negative code on failure. A decoder is used by one thread at a time.</summary>
internal static unsafe partial class Opus
{
    public const string Library = "libopus.so.0";
    public const int ResetState = 4028;

    public static void Require() => NativeLibraries.Require(Library, "libopus", "libopus0");

    [LibraryImport(Library, EntryPoint = "opus_decoder_create")]
    public static partial OpusHandle Create(int rate, int channels, out int error);

    [LibraryImport(Library, EntryPoint = "opus_decoder_destroy")]
    internal static partial void Destroy(nint decoder);

    [LibraryImport(Library, EntryPoint = "opus_packet_get_nb_samples")]
    public static partial int CountSamples(byte* packet, int length, int rate);

    [LibraryImport(Library, EntryPoint = "opus_decode_float")]
    public static partial int Decode(OpusHandle decoder, byte* packet, int length, float* samples, int room, int useErrorCorrection);

    // Variadic in C; with the request alone nothing is read beyond the named arguments.
    [LibraryImport(Library, EntryPoint = "opus_decoder_ctl")]
    public static partial int Control(OpusHandle decoder, int request);

    [LibraryImport(Library, EntryPoint = "opus_strerror")]
    private static partial nint ErrorText(int code);

    public static string Message(int code) => Marshal.PtrToStringUTF8(ErrorText(code)) ?? $"error {code}";
}

/// <summary>An OpusDecoder.</summary>
internal sealed class OpusHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    protected override bool ReleaseHandle()
    {
        Opus.Destroy(handle);
        return true;
    }
}
