namespace Diarizer.Training.Evaluation;

/// <summary>
/// Adaptive symmetric score normalisation (AS-norm1 of Matějka et al. 2017): each side of a pair says how a score compares with those of its own nearest impostors.
/// s' = ½ ((s - μ_a) / σ_a + (s - μ_b) / σ_b), with mean and standard deviation over the k largest scores of each utterance against the cohort.
/// </summary>
internal sealed class AdaptiveNormalisation
{
    private const double LeastDeviation = 1e-6;

    private readonly EmbeddingTable _embeddings;
    private readonly (double Mean, double Deviation)[] _impostors;

    /// <param name="embeddings">The utterances.</param>
    /// <param name="cohort">Embeddings of other speakers, one for each.</param>
    /// <param name="k">Impostors for each utterance; 2 to the cohort's size.</param>
    public AdaptiveNormalisation(EmbeddingTable embeddings, EmbeddingTable cohort, int k)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(k, cohort.Count);
        _embeddings = embeddings;
        _impostors = new (double, double)[embeddings.Count];
        float[] scores = new float[cohort.Count];
        for (int row = 0; row < embeddings.Count; row++)
            _impostors[row] = Nearest(embeddings, row, cohort, scores, k);
    }

    /// <summary>The normalised score of two rows.</summary>
    public float Score(int a, int b)
    {
        double score = _embeddings.Similarity(a, b);
        return (float)(((score - _impostors[a].Mean) / _impostors[a].Deviation + (score - _impostors[b].Mean) / _impostors[b].Deviation) / 2);
    }

    private static (double, double) Nearest(EmbeddingTable embeddings, int row, EmbeddingTable cohort, float[] scores, int k)
    {
        for (int i = 0; i < scores.Length; i++)
            scores[i] = EmbeddingTable.Similarity(embeddings.Row(row), cohort.Row(i));
        Array.Sort(scores);
        double sum = 0, squares = 0;
        foreach (float score in scores.AsSpan(scores.Length - k))
            sum += score;
        double mean = sum / k;
        foreach (float score in scores.AsSpan(scores.Length - k))
            squares += (score - mean) * (score - mean);
        return (mean, Math.Max(Math.Sqrt(squares / k), LeastDeviation));
    }
}
