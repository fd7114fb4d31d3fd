using Diarizer.Streaming.Clustering;

namespace Diarizer.Training.Evaluation.Clusters;

/// <summary>How well the agglomerative clustering of items finds their speakers.</summary>
/// <param name="Rate">The least <see cref="MisclassificationRate.Matched"/> over all cuts of the dendrogram.</param>
/// <param name="RateAtSpeakers">That of the cut into as many clusters as there are speakers.</param>
/// <param name="WholeRate">The least <see cref="MisclassificationRate.Whole"/> over all cuts.</param>
/// <param name="WholeRateAtSpeakers">That of the cut into as many clusters as there are speakers.</param>
/// <param name="Clusters">Clusters of the cut with the least matched rate.</param>
internal sealed record ClusterFigures(double Rate, double RateAtSpeakers, double WholeRate, double WholeRateAtSpeakers, int Clusters)
{
    /// <summary>Clusters items by the cosine distances of their embeddings.</summary>
    /// <param name="embeddings">A row for each item.</param>
    /// <param name="speakers">The speaker of each item, from 0.</param>
    public static ClusterFigures Of(EmbeddingTable embeddings, int[] speakers, Linkage linkage)
    {
        var tree = AgglomerativeClustering.Cluster(embeddings.CosineDistances(), linkage);
        int count = speakers.Distinct().Count();
        int[] known = tree.CutInto(count);
        double rateAtSpeakers = MisclassificationRate.Matched(known, speakers), wholeAtSpeakers = MisclassificationRate.Whole(known, speakers);
        var (rate, whole, clusters) = (rateAtSpeakers, wholeAtSpeakers, count);
        // Cuts near the true number come first: they are the best, and the others can then be passed over.
        foreach (int cut in Enumerable.Range(1, speakers.Length).OrderBy(cut => Math.Abs(cut - count)))
        {
            int[] labels = tree.CutInto(cut);
            double found = MisclassificationRate.Matched(labels, speakers, enough: rate);
            if (found < rate)
                (rate, clusters) = (found, cut);
            whole = Math.Min(whole, MisclassificationRate.Whole(labels, speakers));
        }
        return new ClusterFigures(rate, rateAtSpeakers, whole, wholeAtSpeakers, clusters);
    }
}
