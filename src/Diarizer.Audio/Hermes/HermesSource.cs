using Diarizer.Audio.Chunks;
using Diarizer.Audio.Sources;

namespace Diarizer.Audio.Hermes;

/// <summary>
/// Audio frames of Rhasspy's Hermes protocol: small WAV files on <c>hermes/audioServer/SITE/audioFrame</c>. <c>hermes:SITE</c> only turns them into audio; whoever
/// has the connection to the broker gives them to <see cref="Take"/>.
/// </summary>
public sealed class HermesSource : IAudioSource
{
    private const int LongestSite = 64;

    private readonly ChunkCounters _counters;
    private readonly ChunkSource _chunks;

    private HermesSource(string uri, string site, AudioSourceOptions options)
    {
        _counters = new(uri, options.OnEvent);
        _chunks = new(uri, options, _counters, mayLose: true);
        Topic = $"hermes/audioServer/{site}/audioFrame";
    }

    /// <summary>The topic on which its frames come; they are sent with QoS 0.</summary>
    public string Topic { get; }

    /// <inheritdoc/>
    public string Uri => _chunks.Uri;

    /// <inheritdoc/>
    public AudioFormat Format => _chunks.Format;

    /// <inheritdoc/>
    public bool IsLive => true;

    /// <inheritdoc/>
    public SourceStatistics Statistics => _chunks.Statistics;

    /// <summary>Takes an audio frame. On any thread, one at a time; never waits.</summary>
    /// <param name="frame">A WAV file of some milliseconds.</param>
    public void Take(ReadOnlySpan<byte> frame)
    {
        if (!WavChunk.TryParse(frame, out var chunk))
            _counters.Refuse("not_wav", "An audio frame is no WAV file of 16, 24 or 32 bits, or a damaged one; check the satellite.");
        else if (_chunks.Take(chunk.Format, chunk.Encoding, chunk.Pcm) is { } reason)
            _counters.Refuse(reason, $"An audio frame cannot be used ({reason.Replace('_', ' ')}); check the satellite.");
    }

    /// <inheritdoc/>
    public AudioRead Read(Span<float> interleaved) => _chunks.Read(interleaved);

    /// <inheritdoc/>
    public void Dispose() => _chunks.Dispose();

    internal static HermesSource Open(SourceUri uri, AudioSourceOptions options)
    {
        uri.Allow();
        var site = uri.Target;
        if (site.Length is 0 or > LongestSite || !site.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.'))
            throw new UserErrorException($"'{uri}' names no satellite; write hermes:SITE with its site id of letters, digits, _, - and .");
        return new(uri.ToString(), site, options);
    }
}
