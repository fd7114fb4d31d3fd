namespace Diarizer.Training.Evaluation;

/// <summary>Scores of pairs, higher for what sounds more alike.</summary>
/// <param name="Targets">Of the same-speaker pairs, in their order.</param>
/// <param name="Others">Of the different-speaker pairs, in their order.</param>
internal sealed record ScoredTrials(float[] Targets, float[] Others)
{
    /// <param name="score">The score of two rows.</param>
    public static ScoredTrials Of(TrialPairs pairs, Func<int, int, float> score) =>
        new([.. pairs.Targets.Select(p => score(p.A, p.B))], [.. pairs.Others.Select(p => score(p.A, p.B))]);

    public ErrorCurve Curve() => new(Targets, Others);
}
