using System.Numerics;

namespace Diarizer.Features;

/// <summary>Pre-emphasis, periodic Hamming window and power spectrum of one window of samples. Immutable.</summary>
internal sealed class ShortTimeSpectrum
{
    /// <summary>Samples beyond this are clipped, so that no input overflows the powers; 16-bit integers given unscaled still pass.</summary>
    private const float Loudest = 32_768f;

    private readonly float[] _window;
    private readonly float _preEmphasis;
    private readonly RealTransform _transform;

    public ShortTimeSpectrum(int windowLength, int hop, int dftSize, float preEmphasis)
    {
        Hop = hop;
        _preEmphasis = preEmphasis;
        _transform = new RealTransform(dftSize);
        _window = new float[windowLength];
        for (int n = 0; n < windowLength; n++)
            _window[n] = (float)(0.54 - 0.46 * Math.Cos(2 * Math.PI * n / windowLength));
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
        Bounds.Require(floor is >= 1e-12f and <= 1, part, "Floor", floor, "1e-12 to 1");
    }

    /// <summary>Computes |X[k]|² for k = 0 … size/2; the rest of <paramref name="power"/> becomes 0.</summary>
    public void Power(ReadOnlySpan<float> samples, float before, Span<float> power)
    {
        Span<float> windowed = stackalloc float[_transform.Size];
        Prepare(samples, before, windowed);
        _transform.Power(windowed, power);
    }

    private void Prepare(ReadOnlySpan<float> samples, float before, Span<float> windowed)
    {
        windowed[_window.Length..].Clear();
        var window = _window.AsSpan();
        windowed[0] = (Clean(samples[0]) - _preEmphasis * Clean(before)) * window[0];
        int n = 1;
        for (; n + Vector<float>.Count <= window.Length; n += Vector<float>.Count)
        {
            var now = Clean(new Vector<float>(samples[n..]));
            var previous = Clean(new Vector<float>(samples[(n - 1)..]));
            ((now - _preEmphasis * previous) * new Vector<float>(window[n..])).CopyTo(windowed[n..]);
        }
        for (; n < window.Length; n++)
            windowed[n] = (Clean(samples[n]) - _preEmphasis * Clean(samples[n - 1])) * window[n];
    }

    private static float Clean(float sample) => float.IsFinite(sample) ? Math.Clamp(sample, -Loudest, Loudest) : 0;

    private static Vector<float> Clean(Vector<float> samples)
    {
        var finite = Vector.Equals(samples - samples, Vector<float>.Zero);
        var kept = Vector.ConditionalSelect(finite, samples, Vector<float>.Zero);
        return Vector.Min(Vector.Max(kept, new Vector<float>(-Loudest)), new Vector<float>(Loudest));
    }
}
