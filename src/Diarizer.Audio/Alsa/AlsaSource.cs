using Diarizer.Audio.Live;
using Diarizer.Audio.Resampling;
using Diarizer.Audio.Sources;

namespace Diarizer.Audio.Alsa;

/// <summary><c>alsa:DEVICE?rate=&amp;channels=&amp;period_ms=</c>; <c>channels=all</c> opens as many as there are.</summary>
internal static class AlsaSource
{
    public static IAudioSource Open(SourceUri uri, AudioSourceOptions options)
    {
        uri.Allow("rate", "channels", "period_ms");
        var settings = new AlsaSettings(
            uri.Target.Length > 0 ? uri.Target : "default",
            uri.Number("rate", SampleClock.Rate, Resampler.MinRate, Resampler.MaxRate),
            uri.Value("channels") == "all" ? AlsaSettings.AllChannels : uri.Number("channels", 1, 1, AlsaSettings.MostChannels),
            uri.Number("period_ms", 10, 1, 100));
        return new RecoveringSource(uri.Text, () => new AlsaDevice(settings), options);
    }
}
