namespace Diarizer.Features.Tests;

/// <summary>The definition, written out in double precision: no window tables, no fast transform, no sparse filters.</summary>
internal static class DoublePrecisionReference
{
    public static double[] LogMel(float[] samples, LogMelOptions o)
    {
        int count = (samples.Length - o.WindowLength) / o.Hop + 1;
        var frames = new double[count * o.MelBins];
        for (int t = 0; t < count; t++)
        {
            var power = Power(samples, t * o.Hop, o.WindowLength, o.DftSize, o.PreEmphasis);
            for (int m = 0; m < o.MelBins; m++)
            {
                double energy = 0;
                for (int k = 0; k < power.Length; k++)
                    energy += power[k] * Triangle(m, k * (double)o.SampleRate / o.DftSize, o);
                frames[t * o.MelBins + m] = Math.Log(energy + o.Floor);
            }
        }
        return frames;
    }

    public static double[] Power(float[] samples, int start, int window, int dft, double preEmphasis)
    {
        var power = new double[dft / 2 + 1];
        for (int k = 0; k < power.Length; k++)
        {
            double re = 0, im = 0;
            for (int n = 0; n < window; n++)
            {
                double before = start + n == 0 ? samples[1] : samples[start + n - 1];
                double x = (samples[start + n] - preEmphasis * before) * (0.54 - 0.46 * Math.Cos(2 * Math.PI * n / window));
                re += x * Math.Cos(2 * Math.PI * k * n / dft);
                im -= x * Math.Sin(2 * Math.PI * k * n / dft);
            }
            power[k] = re * re + im * im;
        }
        return power;
    }

    private static double Triangle(int m, double hertz, LogMelOptions o)
    {
        double low = Mel(o.LowestHertz), step = (Mel(o.HighestHertz) - low) / (o.MelBins + 1);
        double left = Hertz(low + m * step), peak = Hertz(low + (m + 1) * step), right = Hertz(low + (m + 2) * step);
        return Math.Max(0, Math.Min((hertz - left) / (peak - left), (right - hertz) / (right - peak)));
    }

    private static double Mel(double hertz) => 2595 * Math.Log10(1 + hertz / 700);

    private static double Hertz(double mel) => 700 * (Math.Pow(10, mel / 2595) - 1);
}
