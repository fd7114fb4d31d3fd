namespace Diarizer.Training.Evaluation;

/// <summary>Area under the ROC curve.</summary>
internal static class RocArea
{
    /// <summary>The probability that a positive scores above a negative, ties counting half (Mann-Whitney).</summary>
    /// <param name="scores">A score each; sorted by the call.</param>
    /// <param name="labels">1 or 0 for each score; reordered with the scores.</param>
    public static double Measure(float[] scores, byte[] labels)
    {
        Array.Sort(scores, labels);
        double rankSum = 0;
        long positives = 0;
        for (int i = 0; i < scores.Length;)
        {
            int j = i, tied = 0;
            for (; j < scores.Length && scores[j] == scores[i]; j++)
                tied += labels[j];
            rankSum += tied * ((i + 1 + j) / 2.0);
            positives += tied;
            i = j;
        }
        long negatives = scores.Length - positives;
        return positives == 0 || negatives == 0 ? double.NaN : (rankSum - positives * (positives + 1) / 2.0) / ((double)positives * negatives);
    }
}
