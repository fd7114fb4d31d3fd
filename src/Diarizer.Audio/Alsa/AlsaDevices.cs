using System.Runtime.InteropServices;
using Diarizer.Audio.Native;
using Diarizer.Audio.Sources;

namespace Diarizer.Audio.Alsa;

/// <summary>The devices that ALSA's configuration names for capture.</summary>
internal static unsafe class AlsaDevices
{
    public static IEnumerable<AudioDevice> List()
    {
        Asound.Require();
        var devices = new List<AudioDevice>();
        if (AsoundParameters.Hints(-1, "pcm", out var hints) < 0) return devices;
        try
        {
            for (var hint = (nint*)hints; *hint != 0; hint++)
            {
                // A device that names no direction does both.
                if (Text(*hint, "NAME") is { } name && Text(*hint, "IOID") is null or "Input")
                    devices.Add(new("alsa:" + name, Text(*hint, "DESC")?.ReplaceLineEndings(", ") ?? name));
            }
        }
        finally
        {
            _ = AsoundParameters.FreeHints(hints);
        }

        return devices;
    }

    private static string? Text(nint hint, string key)
    {
        var text = AsoundParameters.Hint(hint, key);
        if (text == 0) return null;
        try
        {
            return Marshal.PtrToStringUTF8(text);
        }
        finally
        {
            NativeMemory.Free((void*)text);
        }
    }
}
