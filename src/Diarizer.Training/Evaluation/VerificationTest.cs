using Diarizer.Training.Data;

namespace Diarizer.Training.Evaluation;

/// <summary>Speaker verification: error rates of sets of trials.</summary>
internal static class VerificationTest
{
    /// <param name="sets">The trials.</param>
    /// <param name="scores">The scores of each set's pairs.</param>
    /// <param name="utterances">The utterance of each row.</param>
    /// <param name="bootstrap">Makes confidence intervals; null for none.</param>
    public static IReadOnlyList<VerificationResult> Measure(
        IReadOnlyList<TrialSet> sets, IReadOnlyList<ScoredTrials> scores, IReadOnlyList<Utterance> utterances, SpeakerBootstrap? bootstrap) =>
        [.. sets.Zip(scores, (set, scored) => VerificationResult.Of(set, scored) with { Intervals = bootstrap?.Intervals(set.Pairs, scored, utterances) })];
}
