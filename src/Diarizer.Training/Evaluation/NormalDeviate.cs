namespace Diarizer.Training.Evaluation;

/// <summary>The inverse of the standard normal distribution function.</summary>
internal static class NormalDeviate
{
    /// <summary>Where the rational approximations of the middle and of the tails meet.</summary>
    private const double Tail = 0.02425;

    private static readonly double[] MiddleTop =
        [-3.969683028665376e+01, 2.209460984245205e+02, -2.759285104469687e+02, 1.383577518672690e+02, -3.066479806614716e+01, 2.506628277459239e+00];

    private static readonly double[] MiddleBottom = [-5.447609879822406e+01, 1.615858368580409e+02, -1.556989798598866e+02, 6.680131188771972e+01, -1.328068155288572e+01, 1];

    private static readonly double[] TailTop =
        [-7.784894002430293e-03, -3.223964580411365e-01, -2.400758277161838e+00, -2.549732539343734e+00, 4.374664141464968e+00, 2.938163982698783e+00];

    private static readonly double[] TailBottom = [7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e+00, 3.754408661907416e+00, 1];

    /// <summary>The value below which a share of a standard normal variable lies (Acklam 2003; relative error below 1.2e-9).</summary>
    /// <param name="share">Above 0 and below 1.</param>
    public static double Of(double share)
    {
        if (share is not (> 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(share), share, "A share above 0 and below 1 is needed.");
        if (share > 0.5)
            return -Of(1 - share);
        if (share < Tail)
        {
            double q = Math.Sqrt(-2 * Math.Log(share));
            return Polynomial(TailTop, q) / Polynomial(TailBottom, q);
        }
        double r = share - 0.5;
        return r * Polynomial(MiddleTop, r * r) / Polynomial(MiddleBottom, r * r);
    }

    private static double Polynomial(double[] coefficients, double x) => coefficients.Aggregate(0.0, (sum, c) => sum * x + c);
}
