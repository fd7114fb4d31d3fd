namespace Diarizer.Training.Evaluation;

/// <summary>Error rates of a verification test.</summary>
/// <param name="Eer">Equal error rate, 0 to 1.</param>
/// <param name="MinDcf01">Least normalised detection cost at a target prior of 0.01.</param>
/// <param name="MinDcf001">The same at 0.001.</param>
internal readonly record struct ErrorRates(double Eer, double MinDcf01, double MinDcf001)
{
    public static ErrorRates Of(ErrorCurve curve) => new(curve.EqualErrorRate(), curve.MinimumCost(0.01), curve.MinimumCost(0.001));

    /// <inheritdoc cref="ErrorCurve.EqualErrorRate"/>
    /// <param name="targets">Scores of same-speaker pairs.</param>
    /// <param name="others">Scores of different-speaker pairs.</param>
    public static double EqualErrorRate(ReadOnlySpan<float> targets, ReadOnlySpan<float> others) => new ErrorCurve(targets, others).EqualErrorRate();

    /// <inheritdoc cref="ErrorCurve.MinimumCost"/>
    public static double MinimumCost(ReadOnlySpan<float> targets, ReadOnlySpan<float> others, double prior) => new ErrorCurve(targets, others).MinimumCost(prior);
}
