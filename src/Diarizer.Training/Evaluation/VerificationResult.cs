using System.Text.Json.Serialization;

namespace Diarizer.Training.Evaluation;

/// <summary>Figures of a verification test.</summary>
/// <param name="Corpus">The corpus or trial list, or "pooled" for all scores together.</param>
/// <param name="Utterances">Utterances of the corpus, or named by the list.</param>
/// <param name="Speakers">Their speakers.</param>
/// <param name="Targets">Same-speaker pairs.</param>
/// <param name="Others">Different-speaker pairs.</param>
/// <param name="Eer">Equal error rate, 0 to 1.</param>
/// <param name="MinDcf01">Least normalised detection cost at a target prior of 0.01.</param>
/// <param name="MinDcf001">The same at 0.001.</param>
internal sealed record VerificationResult(string Corpus, int Utterances, int Speakers, int Targets, int Others, double Eer, double MinDcf01, double MinDcf001)
{
    /// <summary>Seconds of the crops, where several lengths are compared.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Crop { get; init; }

    /// <summary>The model, where several are compared.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Model { get; init; }

    /// <summary>95 % intervals of the three rates, where they are asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ErrorIntervals? Intervals { get; init; }

    public static VerificationResult Of(TrialSet set, ScoredTrials scores)
    {
        var rates = ErrorRates.Of(scores.Curve());
        return new VerificationResult(set.Name, set.Utterances, set.Speakers, scores.Targets.Length, scores.Others.Length, rates.Eer, rates.MinDcf01, rates.MinDcf001);
    }
}
