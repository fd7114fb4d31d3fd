using Diarizer.Streaming.Scoring;

namespace Diarizer.Training.Evaluation.Clusters;

/// <summary>Shares of items that a clustering gets wrong.</summary>
internal static class MisclassificationRate
{
    /// <summary>
    /// The rate of Kotti et al. 2008: each speaker gets at most one cluster and each cluster at most one speaker, so that as many items as possible are in their speaker's cluster; the
    /// others are wrong.
    /// </summary>
    /// <param name="clusters">The cluster of each item, from 0.</param>
    /// <param name="speakers">The speaker of each item, from 0.</param>
    /// <param name="enough">Rates of this or more need not be exact.</param>
    /// <returns>The rate; a lower bound that is at least <paramref name="enough"/> if the rate is.</returns>
    public static double Matched(int[] clusters, int[] speakers, double enough = double.PositiveInfinity)
    {
        double[,] shared = new double[speakers.Max() + 1, clusters.Max() + 1];
        for (int i = 0; i < clusters.Length; i++)
            shared[speakers[i], clusters[i]]++;
        double bound = 1 - MostMatched(shared) / clusters.Length;
        if (bound >= enough)
            return bound;
        double right = LinearAssignment.Maximize(shared).Select((cluster, speaker) => cluster < 0 ? 0 : shared[speaker, cluster]).Sum();
        return 1 - right / clusters.Length;
    }

    /// <summary>
    /// The stricter rate of Lukic et al. 2016: an item is right if its cluster holds all items of its speaker and nobody else's.
    /// </summary>
    /// <inheritdoc cref="Matched" path="/param"/>
    public static double Whole(int[] clusters, int[] speakers)
    {
        var sizes = speakers.CountBy(s => s).ToDictionary();
        int right = clusters.Zip(speakers).GroupBy(item => item.First, item => item.Second)
            .Where(cluster => cluster.Distinct().Count() == 1 && cluster.Count() == sizes[cluster.First()]).Sum(cluster => cluster.Count());
        return 1 - right / (double)clusters.Length;
    }

    /// <summary>No matching gets more items right than each speaker's largest share of a cluster, nor than each cluster's largest share of a speaker.</summary>
    private static double MostMatched(double[,] shared)
    {
        double[] ofSpeaker = new double[shared.GetLength(0)], ofCluster = new double[shared.GetLength(1)];
        for (int s = 0; s < ofSpeaker.Length; s++)
        {
            for (int c = 0; c < ofCluster.Length; c++)
            {
                ofSpeaker[s] = Math.Max(ofSpeaker[s], shared[s, c]);
                ofCluster[c] = Math.Max(ofCluster[c], shared[s, c]);
            }
        }
        return Math.Min(ofSpeaker.Sum(), ofCluster.Sum());
    }
}
