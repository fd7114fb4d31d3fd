namespace Diarizer.Training.Evaluation;

/// <summary>Error rates of a verification test.</summary>
internal static class ErrorRates
{
    /// <summary>
    /// The equal error rate: where the shares of rejected targets and accepted non-targets meet, with linear interpolation between the
    /// points of the ROC.
    /// </summary>
    /// <param name="targets">Scores of same-speaker pairs.</param>
    /// <param name="others">Scores of different-speaker pairs.</param>
    public static double EqualErrorRate(ReadOnlySpan<float> targets, ReadOnlySpan<float> others)
    {
        double miss = 0, falseAlarm = 1;
        foreach (var (nextMiss, nextFalseAlarm) in Curve(targets, others))
        {
            if (nextMiss >= nextFalseAlarm)
            {
                double gap = falseAlarm - miss, nextGap = nextFalseAlarm - nextMiss;
                double share = gap == nextGap ? 0 : gap / (gap - nextGap);
                return miss + share * (nextMiss - miss);
            }
            (miss, falseAlarm) = (nextMiss, nextFalseAlarm);
        }
        return miss;
    }

    /// <summary>
    /// Least detection cost, normalised by the better of accepting and rejecting everything (NIST; C_miss = C_fa = 1).
    /// </summary>
    /// <param name="prior">Prior probability of a target, such as 0.01.</param>
    public static double MinimumCost(ReadOnlySpan<float> targets, ReadOnlySpan<float> others, double prior)
    {
        double least = double.PositiveInfinity;
        foreach (var (miss, falseAlarm) in Curve(targets, others))
            least = Math.Min(least, miss * prior + falseAlarm * (1 - prior));
        return least / Math.Min(prior, 1 - prior);
    }

    /// <summary>Shares of missed targets and false alarms as the threshold rises past each distinct score, from accepting all to rejecting all.</summary>
    private static List<(double Miss, double FalseAlarm)> Curve(ReadOnlySpan<float> targets, ReadOnlySpan<float> others)
    {
        if (targets.IsEmpty || others.IsEmpty)
            throw new ArgumentException("Error rates need scores of both kinds.");
        float[] same = targets.ToArray(), different = others.ToArray();
        Array.Sort(same);
        Array.Sort(different);
        var curve = new List<(double, double)> { (0, 1) };
        int i = 0, j = 0;
        while (i < same.Length || j < different.Length)
        {
            float score = Math.Min(i < same.Length ? same[i] : float.PositiveInfinity, j < different.Length ? different[j] : float.PositiveInfinity);
            while (i < same.Length && same[i] <= score)
                i++;
            while (j < different.Length && different[j] <= score)
                j++;
            curve.Add((i / (double)same.Length, 1 - j / (double)different.Length));
        }
        return curve;
    }
}
