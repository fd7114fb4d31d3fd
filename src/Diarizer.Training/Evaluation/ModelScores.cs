namespace Diarizer.Training.Evaluation;

/// <summary>What one model, or several fused, gave the trials.</summary>
/// <param name="Model">Its name.</param>
/// <param name="Crop">Seconds of its crops; null for whole utterances.</param>
/// <param name="Sets">The scores of each set of trials.</param>
/// <param name="Development">The scores of the development trials, if there are any.</param>
internal sealed record ModelScores(string Model, double? Crop, IReadOnlyList<ScoredTrials> Sets, ScoredTrials? Development)
{
    /// <summary>The scores of all trials: those of the last set, which holds them all.</summary>
    public ScoredTrials All => Sets[^1];
}
