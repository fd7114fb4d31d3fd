namespace Diarizer.Audio.Tests;

/// <summary>Signals with known content, and what is left of them after processing.</summary>
internal static class Tone
{
    public static float[] Sine(double hertz, int rate, int count, double amplitude = 0.5) =>
        [.. Enumerable.Range(0, count).Select(n => (float)(amplitude * Math.Sin(2 * Math.PI * hertz * n / rate)))];

    public static float[] Noise(int count, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (float)(random.NextDouble() - 0.5))];
    }

    /// <summary>Least-squares fit of one sinusoid: its amplitude, and the power of the rest relative to it in dB.</summary>
    public static (double Amplitude, double ResidualDb) Fit(ReadOnlySpan<float> samples, double hertz, int rate)
    {
        double cc = 0, ss = 0, cs = 0, xc = 0, xs = 0;
        for (var n = 0; n < samples.Length; n++)
        {
            var (s, c) = Math.SinCos(2 * Math.PI * hertz * n / rate);
            (cc, ss, cs, xc, xs) = (cc + c * c, ss + s * s, cs + c * s, xc + samples[n] * c, xs + samples[n] * s);
        }

        var det = cc * ss - cs * cs;
        double a = (xc * ss - xs * cs) / det, b = (xs * cc - xc * cs) / det, signal = 0, rest = 0;
        for (var n = 0; n < samples.Length; n++)
        {
            var (s, c) = Math.SinCos(2 * Math.PI * hertz * n / rate);
            var fit = a * c + b * s;
            signal += fit * fit;
            rest += (samples[n] - fit) * (samples[n] - fit);
        }

        return (Math.Sqrt(a * a + b * b), 10 * Math.Log10(rest / signal));
    }
}
