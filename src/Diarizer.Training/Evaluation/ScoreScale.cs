namespace Diarizer.Training.Evaluation;

/// <summary>Mean and standard deviation of scores.</summary>
internal readonly record struct ScoreScale(double Mean, double Deviation)
{
    /// <summary>Over targets and others together; a deviation of 1 if all scores are equal.</summary>
    public static ScoreScale Of(ScoredTrials scores)
    {
        double sum = 0, squares = 0;
        int count = scores.Targets.Length + scores.Others.Length;
        foreach (float score in scores.Targets.Concat(scores.Others))
            sum += score;
        double mean = sum / count;
        foreach (float score in scores.Targets.Concat(scores.Others))
            squares += (score - mean) * (score - mean);
        return new ScoreScale(mean, squares > 0 ? Math.Sqrt(squares / count) : 1);
    }
}
