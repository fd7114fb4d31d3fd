using System.Numerics.Tensors;
using Diarizer.Training.Data;

namespace Diarizer.Training.Sampling;

/// <summary>
/// Deep Speaker's <c>select_batch</c>: random anchors from a history of embedded candidates; for each the most similar rows of other speakers as
/// negatives and the least similar of its own as positives, paired in order of hardness.
/// </summary>
internal static class SelectBatch
{
    /// <param name="embeddings">Rows [R, D] of unit length.</param>
    /// <param name="labels">The speaker of each row; negative for a row that is not filled yet.</param>
    /// <param name="anchors">Anchors, of different speakers as far as there are so many.</param>
    /// <param name="perAnchor">Triplets of each anchor; where it has fewer positives, these come up again.</param>
    /// <returns>At most <paramref name="anchors"/> times <paramref name="perAnchor"/> triplets.</returns>
    /// <exception cref="ArgumentException">No speaker has two rows, or there is one speaker only.</exception>
    public static RowTriplet[] Choose(ReadOnlySpan<float> embeddings, IReadOnlyList<long> labels, int anchors, int perAnchor, ref SeededRandom random)
    {
        int dimension = embeddings.Length / labels.Count;
        int[] filled = [.. Enumerable.Range(0, labels.Count).Where(row => labels[row] >= 0)];
        var bySpeaker = filled.GroupBy(row => labels[row]).ToDictionary(group => group.Key, group => group.ToArray());
        if (bySpeaker.Count < 2 || bySpeaker.Values.All(rows => rows.Length < 2))
            throw new ArgumentException("Triplets need two rows of one speaker and one of another.", nameof(labels));
        var similarity = new float[labels.Count];
        var triplets = new List<RowTriplet>(anchors * perAnchor);
        foreach (int anchor in Anchors(bySpeaker, labels, anchors, ref random))
        {
            var row = embeddings.Slice(anchor * dimension, dimension);
            foreach (int other in filled)
                similarity[other] = TensorPrimitives.Dot(row, embeddings.Slice(other * dimension, dimension));
            int[] positives = [.. bySpeaker[labels[anchor]].Where(other => other != anchor).OrderBy(other => similarity[other]).Take(perAnchor)];
            int[] negatives = [.. filled.Where(other => labels[other] != labels[anchor]).OrderByDescending(other => similarity[other]).Take(perAnchor)];
            for (int i = 0; i < perAnchor; i++)
                triplets.Add(new RowTriplet(anchor, positives[i % positives.Length], negatives[i % negatives.Length]));
        }
        return [.. triplets];
    }

    /// <summary>Random rows that have a positive: one of each speaker before a second of any.</summary>
    private static IEnumerable<int> Anchors(Dictionary<long, int[]> bySpeaker, IReadOnlyList<long> labels, int count, ref SeededRandom random)
    {
        int[] rows = [.. bySpeaker.Values.Where(own => own.Length > 1).SelectMany(own => own).Order()];
        random.Shuffle<int>(rows);
        var seen = new HashSet<long>();
        var first = rows.ToLookup(row => seen.Add(labels[row]));
        return first[true].Concat(first[false]).Take(count);
    }
}
