namespace Diarizer.Streaming.Clustering;

/// <summary>Two clusters that became one.</summary>
/// <param name="First">Number of the one: items count from 0, the cluster of the i-th merge is n + i.</param>
/// <param name="Second">Number of the other, larger than the first.</param>
/// <param name="Distance">Their distance.</param>
/// <param name="Size">Items of both together.</param>
public readonly record struct Merge(int First, int Second, double Distance, int Size);

/// <summary>The merges of n items into one cluster, nearest first.</summary>
public sealed class Dendrogram
{
    internal Dendrogram(int count, IReadOnlyList<Merge> merges) => (Count, Merges) = (count, merges);

    /// <summary>Items, n.</summary>
    public int Count { get; }

    /// <summary>n - 1 merges by rising distance.</summary>
    public IReadOnlyList<Merge> Merges { get; }

    /// <summary>The clusters that are left when everything nearer than or at a distance is merged.</summary>
    /// <returns>The cluster of each item; clusters count from 0 in the order of their first items.</returns>
    public int[] CutAt(double distance) => Cut(Merges.TakeWhile(m => m.Distance <= distance).Count());

    /// <summary>A given number of clusters.</summary>
    /// <param name="clusters">1 to n.</param>
    /// <returns>The cluster of each item; clusters count from 0 in the order of their first items.</returns>
    public int[] CutInto(int clusters)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(clusters, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(clusters, Count);
        return Cut(Count - clusters);
    }

    private int[] Cut(int merges)
    {
        // A cluster's parent has a higher number: going down, each takes over what its parent was given.
        int[] top = new int[Count + merges];
        Array.Fill(top, -1);
        for (int cluster = Count + merges - 1; cluster >= Count; cluster--)
        {
            int root = top[cluster] < 0 ? cluster : top[cluster];
            top[Merges[cluster - Count].First] = top[Merges[cluster - Count].Second] = root;
        }
        var numbers = new Dictionary<int, int>();
        int[] labels = new int[Count];
        for (int item = 0; item < Count; item++)
        {
            int root = top[item] < 0 ? item : top[item];
            if (!numbers.TryGetValue(root, out labels[item]))
                numbers[root] = labels[item] = numbers.Count;
        }
        return labels;
    }
}
