#if STACK_NUGET
using Diarizer.Audio.Live;
using Diarizer.Audio.Native;
using Diarizer.Audio.Resampling;
using Diarizer.Audio.Sources;
using NAudio.Wave;
using NAudio.Wave.Alsa;

namespace Diarizer.Audio.NAudioCapture;

/// <summary>
/// <c>naudio:DEVICE?rate=&amp;channels=</c>: capture through NAudio. Its ALSA input does not say which rate the device agreed to and mends overruns
/// without a word, so prefer <c>alsa:</c> for hardware; here the rate asked for is taken as given.
/// </summary>
internal static class NAudioSource
{
    public static IAudioSource Open(SourceUri uri, AudioSourceOptions options)
    {
        if (uri.Scheme == "wasapi")
            throw new UserErrorException($"'{uri}' needs Windows; use alsa: or naudio: here.");
        uri.Allow("rate", "channels");
        Asound.Require();
        var rate = uri.Number("rate", SampleClock.Rate, Resampler.MinRate, Resampler.MaxRate);
        var channels = uri.Number("channels", 1, 1, 64);
        var device = uri.Target.Length > 0 ? uri.Target : "default";
        return new RecoveringSource(uri.Text, () => new WaveInDevice(() => OpenAlsa(device, rate, channels)), options);
    }

    public static IEnumerable<AudioDevice> List()
    {
        if (!OperatingSystem.IsLinux()) yield break;
        foreach (var device in AlsaDeviceEnumerator.GetCaptureDevices())
            yield return new("naudio:" + device.Name, device.Description.ReplaceLineEndings(", "));
    }

    private static AlsaIn OpenAlsa(string device, int rate, int channels)
    {
        if (!OperatingSystem.IsLinux())
            throw new UserErrorException($"NAudio cannot open '{device}': its ALSA input needs Linux.");
        try
        {
            return new AlsaIn(device) { WaveFormat = new WaveFormat(rate, 16, channels) };
        }
        catch (Exception error) when (error is not UserErrorException)
        {
            throw new UserErrorException($"NAudio cannot open '{device}' ({error.Message.TrimEnd('.')}); `diarizer devices` lists what there is.", error);
        }
    }
}
#endif
