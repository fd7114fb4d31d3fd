namespace Diarizer.Features;

/// <summary>
/// Turns 16-bit-like audio in [-1, 1] into frames of features. With frames inside the recording, frame <c>i</c> is a function of the samples
/// [hop·i, hop·i + window) and of the one sample before them, nothing else: that is what makes batch and streaming bit-equal.
/// Immutable; safe to use from several threads at once.
/// </summary>
public abstract class FrontEnd
{
    private readonly ShortTimeSpectrum _spectrum;
    private readonly FrameEdges _edges;

    private protected FrontEnd(ShortTimeSpectrum spectrum, int bins, FrameEdges edges = FrameEdges.Inside)
    {
        _spectrum = spectrum;
        _edges = edges;
        Bins = bins;
    }

    /// <summary>Values in one frame.</summary>
    public int Bins { get; }

    /// <summary>The frequency in hertz that each bin stands for, ascending: its own, or that of its filter's peak.</summary>
    public abstract IReadOnlyList<double> CentreHertz { get; }

    /// <summary>Samples under one window.</summary>
    public int WindowLength => _spectrum.WindowLength;

    /// <summary>Samples from one frame to the next.</summary>
    public int Hop => _spectrum.Hop;

    /// <summary>Whether frames can be computed one by one as samples come in.</summary>
    public virtual bool CanStream => _edges == FrameEdges.Inside;

    /// <summary>Samples that a centred frame reaches beyond the recording's ends; 0 for frames inside it.</summary>
    private int Margin => _edges == FrameEdges.Inside ? 0 : WindowLength / 2;

    /// <summary>Frames of <paramref name="samples"/> samples: whole windows, or one for each hop and one more when frames are centred.</summary>
    public int FrameCount(int samples) => _edges == FrameEdges.Inside
        ? samples < WindowLength ? 0 : (samples - WindowLength) / Hop + 1
        : samples <= Margin ? 0 : samples / Hop + 1;

    /// <summary>The fewest samples that give <paramref name="frames"/> frames.</summary>
    public int SampleCount(int frames)
    {
        if (frames <= 0)
            return 0;
        return _edges == FrameEdges.Inside ? (frames - 1) * Hop + WindowLength : Math.Max((frames - 1) * Hop, Margin + 1);
    }

    /// <summary>Computes all frames of a recording, or of a piece that is to be treated as a recording of its own.</summary>
    /// <param name="samples">Mono audio; samples that are not finite count as 0.</param>
    /// <param name="frames">Gets <c>FrameCount(samples.Length)</c> × <see cref="Bins"/> values, row-major [T, bins].</param>
    /// <exception cref="ArgumentException"><paramref name="frames"/> is too short.</exception>
    public void Compute(ReadOnlySpan<float> samples, Span<float> frames)
    {
        int count = FrameCount(samples.Length);
        if (frames.Length < count * Bins)
            throw new ArgumentException($"{count} frames need room for {count * Bins} values, not {frames.Length}.", nameof(frames));
        if (count == 0)
            return;
        if (_edges != FrameEdges.Inside)
            samples = _spectrum.Extend(samples, Margin, _edges);
        for (int i = 0; i < count; i++)
        {
            int start = i * Hop;
            float before = start == 0 ? samples[1] : samples[start - 1];
            ComputeFrame(samples.Slice(start, WindowLength), before, frames.Slice(i * Bins, Bins));
        }
        FinishRecording(frames[..(count * Bins)]);
    }

    /// <summary>Computes one frame.</summary>
    /// <param name="window">The <see cref="WindowLength"/> samples of the frame.</param>
    /// <param name="before">The sample before them; at the start of a recording the second sample (reflection), as in training.</param>
    /// <param name="frame">Gets <see cref="Bins"/> values.</param>
    internal void ComputeFrame(ReadOnlySpan<float> window, float before, Span<float> frame)
    {
        Span<float> power = stackalloc float[_spectrum.PaddedBins];
        _spectrum.Power(window, before, power);
        Finish(power, frame);
    }

    /// <summary>Makes a frame of a power spectrum.</summary>
    private protected abstract void Finish(ReadOnlySpan<float> power, Span<float> frame);

    /// <summary>Changes the frames of a whole recording in the light of all of them.</summary>
    private protected virtual void FinishRecording(Span<float> frames)
    {
    }
}
