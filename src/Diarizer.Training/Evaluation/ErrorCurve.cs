namespace Diarizer.Training.Evaluation;

/// <summary>
/// Shares of missed targets and of false alarms as the threshold rises past each distinct score: the DET or ROC curve of a test. Sorted once, it can be
/// weighed again and again.
/// </summary>
internal sealed class ErrorCurve
{
    private readonly int[] _targetStep, _otherStep;
    private readonly double[] _miss, _falseAlarm;

    /// <summary>The curve of all trials with equal weights.</summary>
    /// <param name="targets">Scores of same-speaker pairs.</param>
    /// <param name="others">Scores of different-speaker pairs.</param>
    public ErrorCurve(ReadOnlySpan<float> targets, ReadOnlySpan<float> others)
    {
        if (targets.IsEmpty || others.IsEmpty)
            throw new ArgumentException("Error rates need scores of both kinds.");
        float[] steps = [.. targets, .. others];
        Array.Sort(steps);
        int count = 0;
        foreach (float score in steps)
        {
            if (count == 0 || score != steps[count - 1])
                steps[count++] = score;
        }
        _targetStep = Steps(targets, steps.AsSpan(0, count));
        _otherStep = Steps(others, steps.AsSpan(0, count));
        (_miss, _falseAlarm) = (new double[count + 1], new double[count + 1]);
        Weigh(Ones(targets.Length), Ones(others.Length));
    }

    /// <summary>Shares of rejected targets, from none (the lowest threshold) to all.</summary>
    public ReadOnlySpan<double> Miss => _miss;

    /// <summary>Shares of accepted others at the same thresholds, from all to none.</summary>
    public ReadOnlySpan<double> FalseAlarm => _falseAlarm;

    /// <summary>Draws the curve anew with a weight for each trial, in the order of the constructor.</summary>
    /// <returns>False, with the curve as it was, if all weights of a kind are 0.</returns>
    public bool Weigh(ReadOnlySpan<int> targets, ReadOnlySpan<int> others)
    {
        long allTargets = Sum(targets), allOthers = Sum(others);
        if (allTargets == 0 || allOthers == 0)
            return false;
        Array.Clear(_miss);
        Array.Clear(_falseAlarm);
        for (int i = 0; i < targets.Length; i++)
            _miss[_targetStep[i] + 1] += targets[i];
        for (int i = 0; i < others.Length; i++)
            _falseAlarm[_otherStep[i] + 1] += others[i];
        double rejectedTargets = 0, rejectedOthers = 0;
        for (int step = 0; step < _miss.Length; step++)
        {
            rejectedTargets += _miss[step];
            rejectedOthers += _falseAlarm[step];
            (_miss[step], _falseAlarm[step]) = (rejectedTargets / allTargets, 1 - rejectedOthers / allOthers);
        }
        return true;
    }

    /// <summary>Where the two shares meet, with linear interpolation between the points of the curve.</summary>
    public double EqualErrorRate()
    {
        for (int step = 1; step < _miss.Length; step++)
        {
            if (_miss[step] < _falseAlarm[step])
                continue;
            double gap = _falseAlarm[step - 1] - _miss[step - 1], nextGap = _falseAlarm[step] - _miss[step];
            double share = gap == nextGap ? 0 : gap / (gap - nextGap);
            return _miss[step - 1] + share * (_miss[step] - _miss[step - 1]);
        }
        return _miss[^1];
    }

    /// <summary>Least detection cost, normalised by the better of accepting and rejecting everything (NIST; C_miss = C_fa = 1).</summary>
    /// <param name="prior">Prior probability of a target, such as 0.01.</param>
    public double MinimumCost(double prior)
    {
        double least = double.PositiveInfinity;
        for (int step = 0; step < _miss.Length; step++)
            least = Math.Min(least, _miss[step] * prior + _falseAlarm[step] * (1 - prior));
        return least / Math.Min(prior, 1 - prior);
    }

    private static int[] Steps(ReadOnlySpan<float> scores, ReadOnlySpan<float> steps)
    {
        int[] found = new int[scores.Length];
        for (int i = 0; i < found.Length; i++)
            found[i] = steps.BinarySearch(scores[i]);
        return found;
    }

    private static int[] Ones(int count)
    {
        int[] ones = new int[count];
        Array.Fill(ones, 1);
        return ones;
    }

    private static long Sum(ReadOnlySpan<int> weights)
    {
        long sum = 0;
        foreach (int weight in weights)
            sum += weight;
        return sum;
    }
}
