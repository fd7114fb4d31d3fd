using Diarizer.Audio.Alsa;
using Diarizer.Audio.Files;
using Diarizer.Audio.Hermes;
using Diarizer.Audio.Pipes;
using Diarizer.Audio.Rtp;
using Diarizer.Audio.Sharing;
using Diarizer.Audio.Wyoming;

namespace Diarizer.Audio.Sources;

/// <summary>Opens sources by URI (see <see cref="SourceUri"/>) and lists what there is to capture from.</summary>
public static class AudioSources
{
    /// <summary>Opens a source; the caller disposes it.</summary>
    /// <exception cref="UserErrorException">There is no such source, or it cannot be opened.</exception>
    public static IAudioSource Open(string uri, AudioSourceOptions? options = null) => Open(SourceUri.Parse(uri), options);

    /// <summary>Opens a source; the caller disposes it.</summary>
    /// <exception cref="UserErrorException">There is no such source, or it cannot be opened.</exception>
    public static IAudioSource Open(SourceUri uri, AudioSourceOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(uri);
        options ??= new();
        options.Validate();
        // Of devices with several channels, each may be a stream of its own.
        return uri.Scheme is "alsa" or "rtp" or "naudio" && uri.Value("channel") is not null
            ? SharedSource.Join(uri, options, OpenWhole)
            : OpenWhole(uri, options);
    }

    /// <summary>Devices that can be captured from; empty when the sound system is absent.</summary>
    /// <exception cref="UserErrorException">libasound is not installed.</exception>
    public static IReadOnlyList<AudioDevice> ListDevices()
    {
        List<AudioDevice> devices = [.. AlsaDevices.List()];
#if STACK_NUGET
        devices.AddRange(NAudioCapture.NAudioSource.List());
#endif
        return devices;
    }

    private static IAudioSource OpenWhole(SourceUri uri, AudioSourceOptions options) =>
        uri.Scheme switch
        {
            "file" => new SndFileSource(uri.Target, options.Loop, options.OnEvent),
            "stdin" => RawPcmSource.Open(uri, options),
            "alsa" => AlsaSource.Open(uri, options),
            "rtp" => RtpSource.Open(uri, options),
            "wyoming" => WyomingSource.Open(uri, options),
            "hermes" => HermesSource.Open(uri, options),
#if STACK_NUGET
            _ => NAudioCapture.NAudioSource.Open(uri, options),
#else
            _ => throw new UserErrorException(
                $"'{uri}' needs NAudio, which this build does not have; build with -p:PackageStack=nuget or use alsa:."),
#endif
        };
}
