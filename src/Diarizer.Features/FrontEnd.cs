namespace Diarizer.Features;

/// <summary>
/// Turns 16-bit-like audio in [-1, 1] into frames of features. Frame <c>i</c> is a function of the samples
/// [hop·i, hop·i + window) and of the one sample before them, nothing else: that is what makes batch and streaming bit-equal.
/// Immutable; safe to use from several threads at once.
/// </summary>
public abstract class FrontEnd
{
    private readonly ShortTimeSpectrum _spectrum;

    private protected FrontEnd(ShortTimeSpectrum spectrum, int bins)
    {
        _spectrum = spectrum;
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

    /// <summary>Whole windows in <paramref name="samples"/> samples: no padding at either end ("snip edges").</summary>
    public int FrameCount(int samples) => samples < WindowLength ? 0 : (samples - WindowLength) / Hop + 1;

    /// <summary>The fewest samples that give <paramref name="frames"/> frames.</summary>
    public int SampleCount(int frames) => frames <= 0 ? 0 : (frames - 1) * Hop + WindowLength;

    /// <summary>Computes all frames of a recording, or of a piece that is to be treated as a recording of its own.</summary>
    /// <param name="samples">Mono audio; samples that are not finite count as 0.</param>
    /// <param name="frames">Gets <c>FrameCount(samples.Length)</c> × <see cref="Bins"/> values, row-major [T, bins].</param>
    /// <exception cref="ArgumentException"><paramref name="frames"/> is too short.</exception>
    public void Compute(ReadOnlySpan<float> samples, Span<float> frames)
    {
        int count = FrameCount(samples.Length);
        if (frames.Length < count * Bins)
            throw new ArgumentException($"{count} frames need room for {count * Bins} values, not {frames.Length}.", nameof(frames));
        for (int i = 0; i < count; i++)
        {
            int start = i * Hop;
            float before = start == 0 ? samples[1] : samples[start - 1];
            ComputeFrame(samples.Slice(start, WindowLength), before, frames.Slice(i * Bins, Bins));
        }
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
}
