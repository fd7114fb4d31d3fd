namespace Diarizer.Training.Evaluation;

/// <summary>One score from those of several models: a weighted sum and an offset.</summary>
/// <param name="Weights">The weight of each model's score.</param>
internal sealed record LinearFusion(IReadOnlyList<double> Weights, double Offset)
{
    /// <summary>
    /// The weighted mean of scores that are first normalised to mean 0 and variance 1 over all trials; with equal weights, the combined score of Deep Speaker's code base.
    /// </summary>
    /// <param name="models">Each model's scores of the same trials.</param>
    /// <param name="weights">A weight of 0 or more for each model, not all 0.</param>
    public static LinearFusion OfNormalised(IReadOnlyList<ScoredTrials> models, IReadOnlyList<double> weights)
    {
        double total = weights.Sum(), offset = 0;
        double[] scaled = new double[models.Count];
        for (int m = 0; m < models.Count; m++)
        {
            var (mean, deviation) = ScoreScale.Of(models[m]);
            scaled[m] = weights[m] / total / deviation;
            offset -= scaled[m] * mean;
        }
        return new LinearFusion(scaled, offset);
    }

    /// <summary>Fuses each model's scores of the same trials.</summary>
    public ScoredTrials Apply(IReadOnlyList<ScoredTrials> models) => new(Apply([.. models.Select(m => m.Targets)]), Apply([.. models.Select(m => m.Others)]));

    private float[] Apply(float[][] models)
    {
        float[] fused = new float[models[0].Length];
        for (int i = 0; i < fused.Length; i++)
        {
            double sum = Offset;
            for (int m = 0; m < models.Length; m++)
                sum += Weights[m] * models[m][i];
            fused[i] = (float)sum;
        }
        return fused;
    }
}
