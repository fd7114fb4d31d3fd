namespace Diarizer.Training.Augmentation;

/// <summary>A second-order filter (Bristow-Johnson, "Audio EQ cookbook"), direct form I, starting from silence.</summary>
internal readonly struct Biquad
{
    private readonly double _b0, _b1, _b2, _a1, _a2;

    private Biquad(double b0, double b1, double b2, double a0, double a1, double a2)
    {
        (_b0, _b1, _b2, _a1, _a2) = (b0 / a0, b1 / a0, b2 / a0, a1 / a0, a2 / a0);
    }

    public static Biquad LowPass(double hertz, double rate, double q = 0.7071)
    {
        var (cos, alpha) = Prewarp(hertz, rate, q);
        return new Biquad((1 - cos) / 2, 1 - cos, (1 - cos) / 2, 1 + alpha, -2 * cos, 1 - alpha);
    }

    public static Biquad HighPass(double hertz, double rate, double q = 0.7071)
    {
        var (cos, alpha) = Prewarp(hertz, rate, q);
        return new Biquad((1 + cos) / 2, -(1 + cos), (1 + cos) / 2, 1 + alpha, -2 * cos, 1 - alpha);
    }

    public static Biquad HighShelf(double hertz, double rate, double decibels)
    {
        var (cos, alpha) = Prewarp(hertz, rate, 0.7071);
        double a = Math.Pow(10, decibels / 40), root = 2 * Math.Sqrt(a) * alpha;
        return new Biquad(
            a * ((a + 1) + (a - 1) * cos + root), -2 * a * ((a - 1) + (a + 1) * cos), a * ((a + 1) + (a - 1) * cos - root),
            (a + 1) - (a - 1) * cos + root, 2 * ((a - 1) - (a + 1) * cos), (a + 1) - (a - 1) * cos - root);
    }

    public void Apply(Span<float> samples)
    {
        double x1 = 0, x2 = 0, y1 = 0, y2 = 0;
        for (int n = 0; n < samples.Length; n++)
        {
            double x = samples[n];
            double y = _b0 * x + _b1 * x1 + _b2 * x2 - _a1 * y1 - _a2 * y2;
            (x2, x1, y2, y1) = (x1, x, y1, y);
            samples[n] = (float)y;
        }
    }

    private static (double Cos, double Alpha) Prewarp(double hertz, double rate, double q)
    {
        double w = 2 * Math.PI * hertz / rate;
        return (Math.Cos(w), Math.Sin(w) / (2 * q));
    }
}
