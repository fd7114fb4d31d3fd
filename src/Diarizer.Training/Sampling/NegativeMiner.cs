using Diarizer.Training.Data;

namespace Diarizer.Training.Sampling;

/// <summary>Chooses the negative of a triplet by its similarity to the anchor.</summary>
internal static class NegativeMiner
{
    /// <summary>Index of the random numbers of a step's negatives.</summary>
    public const long Stream = -3;

    /// <param name="similarity">The anchor's similarity to every speaker's crop.</param>
    /// <param name="own">The anchor's own speaker, whose crop is the positive.</param>
    /// <param name="margin">Margin of the loss in the unit of the similarity.</param>
    /// <returns>A row other than <paramref name="own"/>.</returns>
    public static int Choose(ReadOnlySpan<float> similarity, int own, MiningStage stage, double margin, ref SeededRandom random)
    {
        if (similarity.Length < 2)
            throw new ArgumentException("A negative needs a second speaker.", nameof(similarity));
        if (stage.Negatives == NegativeChoice.Random || !random.Chance(stage.Share))
            return Any(similarity.Length, own, ref random);
        return stage.Negatives == NegativeChoice.SemiHard
            ? SemiHard(similarity, own, margin, ref random)
            : Hard(similarity, own, stage.Rank, ref random);
    }

    private static int Any(int count, int own, ref SeededRandom random)
    {
        int chosen = random.Below(count - 1);
        return chosen < own ? chosen : chosen + 1;
    }

    private static int SemiHard(ReadOnlySpan<float> similarity, int own, double margin, ref SeededRandom random)
    {
        var fitting = new List<int>();
        for (int i = 0; i < similarity.Length; i++)
        {
            if (similarity[i] < similarity[own] && similarity[i] > similarity[own] - margin)
                fitting.Add(i);
        }
        return fitting.Count > 0 ? fitting[random.Below(fitting.Count)] : Any(similarity.Length, own, ref random);
    }

    private static int Hard(ReadOnlySpan<float> similarity, int own, int rank, ref SeededRandom random)
    {
        float[] keys = new float[similarity.Length];
        int[] rows = [.. Enumerable.Range(0, similarity.Length)];
        for (int i = 0; i < keys.Length; i++)
            keys[i] = i == own ? float.PositiveInfinity : -similarity[i];
        Array.Sort(keys, rows);
        return rows[random.Below(Math.Min(rank + 1, rows.Length - 1))];
    }
}
