using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Diarizer.Audio.Native;

/// <summary>
/// libasound 1.2. Functions return a negative errno on failure. A PCM is used by one thread at a time; opening and listing may happen on any.
/// </summary>
internal static unsafe partial class Asound
{
    public const string Library = "libasound.so.2";
    public const int StreamCapture = 1;
    public const int NonBlocking = 1;
    public const int AccessInterleaved = 3;
    public const int StateOverrun = 4;
    public const int TryAgain = -11;
    public const int BrokenPipe = -32;
    public const int Suspended = -86;

    private static int _quiet;

    /// <summary>Finds the library and stops it from writing to standard error on its own: every failure comes back as a return value anyway.</summary>
    public static void Require()
    {
        NativeLibraries.Require(Library, "libasound", "libasound2");
        if (Interlocked.Exchange(ref _quiet, 1) == 0)
            _ = SetErrorHandler((nint)(delegate* unmanaged[Cdecl]<nint, int, nint, int, nint, void>)&Ignore);
    }

    public static string Message(int error) => Marshal.PtrToStringUTF8(StrError(error)) ?? $"error {error}";

    [LibraryImport(Library, EntryPoint = "snd_lib_error_set_handler")]
    private static partial int SetErrorHandler(nint handler);

    [LibraryImport(Library, EntryPoint = "snd_strerror")]
    private static partial nint StrError(int error);

    [LibraryImport(Library, EntryPoint = "snd_pcm_open", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(out PcmHandle pcm, string name, int stream, int mode);

    [LibraryImport(Library, EntryPoint = "snd_pcm_close")]
    internal static partial int Close(nint pcm);

    [LibraryImport(Library, EntryPoint = "snd_pcm_prepare")]
    public static partial int Prepare(PcmHandle pcm);

    [LibraryImport(Library, EntryPoint = "snd_pcm_start")]
    public static partial int Start(PcmHandle pcm);

    [LibraryImport(Library, EntryPoint = "snd_pcm_resume")]
    public static partial int Resume(PcmHandle pcm);

    [LibraryImport(Library, EntryPoint = "snd_pcm_wait")]
    public static partial int Wait(PcmHandle pcm, int milliseconds);

    [LibraryImport(Library, EntryPoint = "snd_pcm_avail")]
    public static partial nint Available(PcmHandle pcm);

    [LibraryImport(Library, EntryPoint = "snd_pcm_forward")]
    public static partial nint Forward(PcmHandle pcm, nuint frames);

    [LibraryImport(Library, EntryPoint = "snd_pcm_readi")]
    public static partial nint Read(PcmHandle pcm, byte* buffer, nuint frames);

    // The variadic callback is entered with its five named arguments in registers on every Linux ABI that .NET runs on.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Ignore(nint file, int line, nint function, int error, nint format)
    {
    }
}

/// <summary>A snd_pcm_t.</summary>
internal sealed class PcmHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    protected override bool ReleaseHandle() => Asound.Close(handle) == 0;
}
