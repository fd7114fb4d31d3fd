using Diarizer.Audio.Sources;

namespace Diarizer.Audio;

/// <summary>
/// Audio from a file, a pipe or a device. One thread at a time calls <see cref="Read"/>; it may block for at most about 100 ms on a live source.
/// </summary>
public interface IAudioSource : IDisposable
{
    /// <summary>The URI the source was opened from.</summary>
    string Uri { get; }

    /// <summary>
    /// Rate and channels, read back after opening. A live source may come back with another format after its device was lost; such a change
    /// happens in a read that delivers no frames, whose lost frames still count at the old rate.
    /// </summary>
    AudioFormat Format { get; }

    /// <summary>True when audio comes in real time and cannot be asked to wait.</summary>
    bool IsLive { get; }

    /// <summary>Overruns, losses and reopenings so far; all zero for sources that have none.</summary>
    SourceStatistics Statistics => default;

    /// <summary>Reads interleaved frames.</summary>
    /// <param name="interleaved">Room for whole frames: its length is a multiple of the channel count.</param>
    /// <exception cref="UserErrorException">The source cannot deliver (corrupt data, device gone for good).</exception>
    AudioRead Read(Span<float> interleaved);
}
