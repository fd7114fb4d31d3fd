using Diarizer.Audio;
using Diarizer.Audio.Sources;
using Diarizer.Service.Options;
using Diarizer.Service.Streams;
using Microsoft.Extensions.Logging;

namespace Diarizer.Service.Hosting;

/// <summary>A configured stream and its source, opened but not yet captured from.</summary>
/// <param name="Options">The stream.</param>
/// <param name="Source">Its source.</param>
/// <param name="Monitor">Hears what happens to the source.</param>
internal sealed record OpenedStream(StreamOptions Options, IAudioSource Source, StreamMonitor Monitor)
{
    /// <summary>True when audio comes at the speed of the clock.</summary>
    public bool IsPaced => Source.IsLive || Options.Realtime;

    /// <summary>Opens the source of a stream.</summary>
    /// <exception cref="UserErrorException">It cannot be opened.</exception>
    public static OpenedStream Open(StreamOptions options, TimeProvider time, ILogger log)
    {
        var monitor = new StreamMonitor(options.Name, log);
        return new(options, AudioSources.Open(options.Source, new AudioSourceOptions { Time = time, Loop = options.Loop, OnEvent = monitor.Take }), monitor);
    }
}
