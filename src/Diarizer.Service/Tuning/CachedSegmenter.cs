using System.Collections.Concurrent;
using Diarizer.Networks.Inference;

namespace Diarizer.Service.Tuning;

/// <summary>Segments each stretch of audio once; in memory, 3 kB a window of 5 s. Stretches are told apart by their samples.</summary>
/// <param name="segmenter">The network; owned by the caller.</param>
internal sealed class CachedSegmenter(ISpeakerSegmenter segmenter) : ISpeakerSegmenter
{
    private readonly ConcurrentDictionary<UInt128, float[]> _known = new();

    /// <inheritdoc/>
    public int Speakers => segmenter.Speakers;

    /// <inheritdoc/>
    public int FrameSamples => segmenter.FrameSamples;

    /// <inheritdoc/>
    public int MinimumSamples => segmenter.MinimumSamples;

    /// <inheritdoc/>
    public int FrameCount(int samples) => segmenter.FrameCount(samples);

    /// <inheritdoc/>
    public void Segment(ReadOnlySpan<float> samples, Span<float> activity)
    {
        var key = SampleDigest.Of(samples);
        if (!_known.TryGetValue(key, out var known))
        {
            known = new float[FrameCount(samples.Length) * Speakers];
            segmenter.Segment(samples, known);
            _known[key] = known;
        }

        known.CopyTo(activity);
    }

    /// <summary>Nothing: the network belongs to somebody else.</summary>
    public void Dispose()
    {
    }
}
