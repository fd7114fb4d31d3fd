using System.Text.Json.Serialization;

namespace Diarizer.Training.Evaluation.Clusters;

/// <summary>Figures of a clustering test, means over its draws of speakers.</summary>
/// <param name="Corpus">The corpus, or "pooled" for the speakers of all corpora together.</param>
/// <param name="Speakers">Speakers in a draw.</param>
/// <param name="Items">Items clustered, mean.</param>
/// <param name="Draws">Draws of speakers.</param>
/// <param name="Rate">Misclassification rate at the best cut of each draw; see <see cref="ClusterFigures"/>.</param>
/// <param name="RateAtSpeakers">At the true number of speakers.</param>
/// <param name="WholeRate">The stricter rate, of whole clusters, at its best cut.</param>
/// <param name="WholeRateAtSpeakers">That at the true number of speakers.</param>
/// <param name="Clusters">Clusters at the best cut.</param>
internal sealed record ClusterResult(
    string Corpus, int Speakers, double Items, int Draws, double Rate, double RateAtSpeakers, double WholeRate, double WholeRateAtSpeakers, double Clusters)
{
    /// <inheritdoc cref="VerificationResult.Crop"/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Crop { get; init; }

    /// <inheritdoc cref="VerificationResult.Model"/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Model { get; init; }

    /// <summary>The middle 95 % of the draws' rates; null for one draw.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Interval? RateInterval { get; init; }
}
