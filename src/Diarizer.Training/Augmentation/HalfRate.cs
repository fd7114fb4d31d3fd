using System.Numerics.Tensors;

namespace Diarizer.Training.Augmentation;

/// <summary>Halves and doubles the sample rate with one linear-phase half-band filter; the delay of both is compensated.</summary>
internal static class HalfRate
{
    private const int Half = 24;
    private static readonly float[] _taps = Taps();

    /// <summary>Halves the rate: <paramref name="output"/> holds half as many samples, rounded up.</summary>
    /// <param name="padded">Scratch of at least input + 48 samples.</param>
    public static void Down(ReadOnlySpan<float> input, Span<float> output, Span<float> padded)
    {
        Pad(input, padded);
        for (int n = 0; n < output.Length; n++)
            output[n] = TensorPrimitives.Dot(padded.Slice(2 * n, _taps.Length), _taps);
    }

    /// <summary>Doubles the rate again.</summary>
    /// <param name="padded">Scratch of at least output + 50 samples.</param>
    public static void Up(ReadOnlySpan<float> input, Span<float> output, Span<float> padded)
    {
        var stuffed = padded[..(2 * input.Length + 2 * Half + 1)];
        stuffed.Clear();
        for (int n = 0; n < input.Length; n++)
            stuffed[Half + 2 * n] = 2 * input[n];
        for (int n = 0; n < output.Length; n++)
            output[n] = TensorPrimitives.Dot(stuffed.Slice(n, _taps.Length), _taps);
    }

    private static void Pad(ReadOnlySpan<float> input, Span<float> padded)
    {
        padded[..(input.Length + 2 * Half + 1)].Clear();
        input.CopyTo(padded[Half..]);
    }

    private static float[] Taps()
    {
        var taps = new float[2 * Half + 1];
        for (int k = -Half; k <= Half; k++)
        {
            double sinc = k == 0 ? 0.49 : Math.Sin(Math.PI * 0.49 * k) / (Math.PI * k);
            taps[k + Half] = (float)(sinc * (0.54 + 0.46 * Math.Cos(Math.PI * k / Half)));
        }
        TensorPrimitives.Divide(taps, TensorPrimitives.Sum<float>(taps), taps);
        return taps;
    }
}
