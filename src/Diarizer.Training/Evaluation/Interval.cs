namespace Diarizer.Training.Evaluation;

/// <summary>A confidence interval.</summary>
internal sealed record Interval(double Low, double High)
{
    /// <summary>The range that leaves out equal shares of the values at both ends, with linear interpolation between neighbours.</summary>
    /// <param name="values">At least one; sorted by the call.</param>
    /// <param name="level">Share of the values inside, such as 0.95.</param>
    public static Interval Of(double[] values, double level)
    {
        Array.Sort(values);
        return new Interval(Quantile(values, (1 - level) / 2), Quantile(values, (1 + level) / 2));
    }

    private static double Quantile(double[] sorted, double share)
    {
        double at = share * (sorted.Length - 1);
        int before = (int)at, after = Math.Min(before + 1, sorted.Length - 1);
        return sorted[before] + (at - before) * (sorted[after] - sorted[before]);
    }
}
