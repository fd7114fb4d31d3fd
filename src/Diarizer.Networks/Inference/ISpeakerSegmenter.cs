namespace Diarizer.Networks.Inference;

/// <summary>Who of a few local speakers talks when within a short stretch of audio. Thread-safe.</summary>
public interface ISpeakerSegmenter : IDisposable
{
    /// <summary>Local speakers, whose order means nothing beyond one stretch.</summary>
    int Speakers { get; }

    /// <summary>Samples of one frame at 16 kHz.</summary>
    int FrameSamples { get; }

    /// <summary>The shortest stretch in samples.</summary>
    int MinimumSamples { get; }

    /// <summary>Frames that a stretch of <paramref name="samples"/> samples has; frame i covers the <see cref="FrameSamples"/> from i times as many on.</summary>
    int FrameCount(int samples);

    /// <summary>Tells who talks.</summary>
    /// <param name="samples">16 kHz mono; at least <see cref="MinimumSamples"/>.</param>
    /// <param name="activity">Gets the probability that each local speaker talks: [frames, <see cref="Speakers"/>].</param>
    /// <exception cref="ArgumentException">There are too few samples, or there is too little room.</exception>
    void Segment(ReadOnlySpan<float> samples, Span<float> activity);
}
