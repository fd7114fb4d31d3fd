namespace Diarizer.Training.Evaluation;

/// <summary>Figures of a verification test.</summary>
/// <param name="Corpus">The corpus, or "pooled" for all scores together.</param>
/// <param name="Utterances">Utterances embedded.</param>
/// <param name="Speakers">Their speakers.</param>
/// <param name="Targets">Same-speaker pairs.</param>
/// <param name="Others">Different-speaker pairs.</param>
/// <param name="Eer">Equal error rate, 0 to 1.</param>
/// <param name="MinDcf01">Least normalised detection cost at a target prior of 0.01.</param>
/// <param name="MinDcf001">The same at 0.001.</param>
internal sealed record VerificationResult(string Corpus, int Utterances, int Speakers, int Targets, int Others, double Eer, double MinDcf01, double MinDcf001)
{
    public static VerificationResult Of(string corpus, int utterances, int speakers, float[] targets, float[] others) => new(
        corpus, utterances, speakers, targets.Length, others.Length, ErrorRates.EqualErrorRate(targets, others),
        ErrorRates.MinimumCost(targets, others, 0.01), ErrorRates.MinimumCost(targets, others, 0.001));
}
