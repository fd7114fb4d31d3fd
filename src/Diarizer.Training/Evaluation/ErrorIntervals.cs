namespace Diarizer.Training.Evaluation;

/// <summary>Confidence intervals of <see cref="ErrorRates"/>.</summary>
internal sealed record ErrorIntervals(Interval Eer, Interval MinDcf01, Interval MinDcf001)
{
    /// <summary>Percentile intervals of rates that were measured on resampled data.</summary>
    /// <param name="level">Share of the values inside, such as 0.95.</param>
    public static ErrorIntervals Of(IReadOnlyCollection<ErrorRates> rates, double level) => new(
        Interval.Of([.. rates.Select(r => r.Eer)], level), Interval.Of([.. rates.Select(r => r.MinDcf01)], level), Interval.Of([.. rates.Select(r => r.MinDcf001)], level));
}
