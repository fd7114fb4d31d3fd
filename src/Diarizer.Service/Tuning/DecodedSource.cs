using Diarizer.Audio;
using Diarizer.Audio.Capturing;
using Diarizer.Audio.Sources;

namespace Diarizer.Service.Tuning;

/// <summary>A recording that was decoded before: the samples that a capture of its file gives.</summary>
internal sealed class DecodedSource(string uri, ReadOnlyMemory<float> samples) : IAudioSource
{
    private int _position;

    /// <inheritdoc/>
    public string Uri => uri;

    /// <inheritdoc/>
    public AudioFormat Format => new(SampleClock.Rate, 1);

    /// <inheritdoc/>
    public bool IsLive => false;

    /// <summary>Decodes a recording.</summary>
    /// <returns>Its samples; null when there are gaps in it.</returns>
    /// <exception cref="UserErrorException">It cannot be read.</exception>
    public static async Task<float[]?> DecodeAsync(string path, CancellationToken cancel)
    {
        using var capture = Capture.Start(AudioSources.Open(path));
        var samples = new List<float>();
        var buffer = new float[SampleClock.Rate];
        while (await capture.ReadAsync(buffer, cancel) is { EndOfStream: false } read)
        {
            if (read.Gap > 0)
                return null;
            samples.AddRange(buffer.AsSpan(0, read.Samples));
        }

        return [.. samples];
    }

    /// <inheritdoc/>
    public AudioRead Read(Span<float> interleaved)
    {
        var count = Math.Min(interleaved.Length, samples.Length - _position);
        samples.Span.Slice(_position, count).CopyTo(interleaved);
        _position += count;
        return new AudioRead(count, 0, EndOfStream: _position == samples.Length);
    }

    /// <summary>Nothing.</summary>
    public void Dispose()
    {
    }
}
