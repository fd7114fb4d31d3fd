using Diarizer.Audio.Native;

namespace Diarizer.Audio.Alsa;

/// <summary>Turns libasound's return values into a sentence.</summary>
internal static class AlsaResult
{
    public static void Check(int result, string device, string problem)
    {
        if (result < 0)
            throw new UserErrorException(
                $"The ALSA device '{device}' {problem} ({Asound.Message(result)}); `diarizer devices` lists what there is.");
    }
}
