using System.Numerics;
using System.Numerics.Tensors;

namespace Diarizer.Features;

/// <summary>Pre-emphasis, window and power spectrum of one window of samples. Immutable.</summary>
internal sealed class ShortTimeSpectrum
{
    /// <summary>Samples beyond this are clipped, so that no input overflows the powers; 16-bit integers given unscaled still pass.</summary>
    private const float Loudest = 32_768f;

    private readonly float[] _window;
    private readonly float _preEmphasis;
    private readonly float _framePreEmphasis;
    private readonly bool _framesAlone;
    private readonly RealTransform _transform;

    public ShortTimeSpectrum(
        int windowLength, int hop, int dftSize, float preEmphasis, WindowShape shape = WindowShape.Hamming, FrameEdges edges = FrameEdges.Inside, bool framesAlone = false)
    {
        Hop = hop;
        _preEmphasis = preEmphasis;
        // What is extended beyond the ends was emphasised before: Extend sees to it.
        _framePreEmphasis = edges == FrameEdges.Inside ? preEmphasis : 0;
        _framesAlone = framesAlone;
        _transform = new RealTransform(dftSize);
        _window = new float[windowLength];
        var (level, swing) = shape == WindowShape.Hann ? (0.5, 0.5) : (0.54, 0.46);
        int period = shape == WindowShape.SymmetricHamming ? windowLength - 1 : windowLength;
        for (int n = 0; n < windowLength; n++)
            _window[n] = (float)(level - swing * Math.Cos(2 * Math.PI * n / period));
    }

    public int WindowLength => _window.Length;

    public int Hop { get; }

    /// <summary>Bins of the spectrum and a few zeros after them.</summary>
    public int PaddedBins => _transform.Size / 2 + 1 + 16;

    public static void Validate(int sampleRate, int windowLength, int hop, int dftSize, float preEmphasis, float floor)
    {
        const string part = "front end";
        Bounds.Require(sampleRate is >= 8_000 and <= 48_000, part, "SampleRate", sampleRate, "8,000 to 48,000");
        Bounds.Require(RealTransform.Supports(dftSize), part, "DftSize", dftSize, "even, 32 to 4,096 and without a prime factor above 5");
        Bounds.Require(windowLength >= 16 && windowLength <= dftSize, part, "WindowLength", windowLength, "16 to DftSize");
        Bounds.Require(hop >= 1 && hop <= windowLength, part, "Hop", hop, "1 to WindowLength");
        Bounds.Require(preEmphasis is >= 0 and <= 0.99f, part, "PreEmphasis", preEmphasis, "0 to 0.99");
        Bounds.Require(floor is >= 1e-20f and <= 1, part, "Floor", floor, "1e-20 to 1");
    }

    /// <summary>Computes |X[k]|² for k = 0 … size/2; the rest of <paramref name="power"/> becomes 0.</summary>
    public void Power(ReadOnlySpan<float> samples, float before, Span<float> power)
    {
        Span<float> windowed = stackalloc float[_transform.Size];
        if (_framesAlone)
        {
            Span<float> centred = stackalloc float[WindowLength];
            for (int n = 0; n < centred.Length; n++)
                centred[n] = Clean(samples[n]);
            TensorPrimitives.Subtract(centred, TensorPrimitives.Sum<float>(centred) / centred.Length, centred);
            Prepare(centred, centred[0], windowed);
        }
        else
        {
            Prepare(samples, before, windowed);
        }
        _transform.Power(windowed, power);
    }

    /// <summary>A recording after pre-emphasis, with <paramref name="margin"/> samples before and after it.</summary>
    public float[] Extend(ReadOnlySpan<float> samples, int margin, FrameEdges edges)
    {
        var extended = new float[samples.Length + 2 * margin];
        var inner = extended.AsSpan(margin, samples.Length);
        float before = Clean(samples[1]);
        for (int n = 0; n < inner.Length; n++)
        {
            float now = Clean(samples[n]);
            inner[n] = now - _preEmphasis * before;
            before = now;
        }
        for (int n = 1; edges == FrameEdges.Mirrored && n <= margin; n++)
        {
            extended[margin - n] = inner[n];
            extended[margin + inner.Length - 1 + n] = inner[inner.Length - 1 - n];
        }
        return extended;
    }

    private void Prepare(ReadOnlySpan<float> samples, float before, Span<float> windowed)
    {
        windowed[_window.Length..].Clear();
        var window = _window.AsSpan();
        windowed[0] = (Clean(samples[0]) - _framePreEmphasis * Clean(before)) * window[0];
        int n = 1;
        for (; n + Vector<float>.Count <= window.Length; n += Vector<float>.Count)
        {
            var now = Clean(new Vector<float>(samples[n..]));
            var previous = Clean(new Vector<float>(samples[(n - 1)..]));
            ((now - _framePreEmphasis * previous) * new Vector<float>(window[n..])).CopyTo(windowed[n..]);
        }
        for (; n < window.Length; n++)
            windowed[n] = (Clean(samples[n]) - _framePreEmphasis * Clean(samples[n - 1])) * window[n];
    }

    private static float Clean(float sample) => float.IsFinite(sample) ? Math.Clamp(sample, -Loudest, Loudest) : 0;

    private static Vector<float> Clean(Vector<float> samples)
    {
        var finite = Vector.Equals(samples - samples, Vector<float>.Zero);
        var kept = Vector.ConditionalSelect(finite, samples, Vector<float>.Zero);
        return Vector.Min(Vector.Max(kept, new Vector<float>(-Loudest)), new Vector<float>(Loudest));
    }
}
