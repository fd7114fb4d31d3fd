using System.Text.Json.Serialization;

namespace Diarizer.Training.Evaluation;

/// <summary>
/// Figures of Deep Speaker's test, over the scores of all trials: a pair is accepted if its score is above a threshold, and every distinct score is tried as the threshold.
/// The code base tries 0, 0.001, ... 0.999, which gives the same up to that resolution, but fits only scores within 0 and 1.
/// </summary>
/// <param name="Corpus">The corpus, or "pooled" for all trials together.</param>
/// <param name="Utterances">Utterances of the corpus.</param>
/// <param name="Speakers">Their speakers.</param>
/// <param name="Trials">Anchors, each with one positive.</param>
/// <param name="Negatives">Utterances of others in a trial.</param>
/// <param name="Eer">Mean of the shares of rejected positives and of accepted negatives, at the threshold where they differ least.</param>
/// <param name="FMeasure">The greatest 2 · precision · recall / (precision + recall) over the thresholds.</param>
/// <param name="Accuracy">Share of right decisions, at the threshold with the greatest F-measure.</param>
/// <param name="Top1">Share of trials whose positive scores above all negatives: the accuracy of identification.</param>
internal sealed record RetrievalResult(
    string Corpus, int Utterances, int Speakers, int Trials, int Negatives, double Eer, double FMeasure, double Accuracy, double Top1)
{
    /// <inheritdoc cref="VerificationResult.Crop"/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Crop { get; init; }

    /// <inheritdoc cref="VerificationResult.Model"/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Model { get; init; }

    /// <param name="scores">A target for each trial; its negatives in the same order.</param>
    public static RetrievalResult Of(TrialSet set, ScoredTrials scores)
    {
        var curve = scores.Curve();
        int positives = scores.Targets.Length, negatives = scores.Others.Length, each = negatives / positives;
        double eer = 0, gap = double.PositiveInfinity, best = -1, accuracy = 0;
        for (int step = 0; step < curve.Miss.Length; step++)
        {
            double miss = curve.Miss[step], falseAlarm = curve.FalseAlarm[step];
            if (Math.Abs(miss - falseAlarm) < gap)
                (gap, eer) = (Math.Abs(miss - falseAlarm), (miss + falseAlarm) / 2);
            double hits = (1 - miss) * positives, wrong = miss * positives + falseAlarm * negatives, measure = 2 * hits / (2 * hits + wrong);
            if (measure > best)
                (best, accuracy) = (measure, 1 - wrong / (positives + negatives));
        }
        int first = scores.Targets.Where((score, trial) => scores.Others.AsSpan(trial * each, each).IndexOfAnyInRange(score, float.PositiveInfinity) < 0).Count();
        return new RetrievalResult(set.Name, set.Utterances, set.Speakers, positives, each, eer, best, accuracy, first / (double)positives);
    }
}
