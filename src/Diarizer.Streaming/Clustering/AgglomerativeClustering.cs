namespace Diarizer.Streaming.Clustering;

/// <summary>
/// Agglomerative hierarchical clustering by the nearest-neighbour chain (Murtagh 1983; Müllner 2011): O(n²) time and memory, the same merges as
/// always joining the two nearest clusters.
/// </summary>
public static class AgglomerativeClustering
{
    /// <summary>Merges items until one cluster is left.</summary>
    /// <param name="distances">Distances of the items, none of them NaN; infinite ones are merged last. Stays as it is.</param>
    /// <param name="linkage">How far apart clusters are.</param>
    public static Dendrogram Cluster(DistanceMatrix distances, Linkage linkage)
    {
        ArgumentNullException.ThrowIfNull(distances);
        return new Dendrogram(distances.Count, Numbered(distances.Count, Chain(distances.Copy(), linkage)));
    }

    /// <summary>Merges in the order in which the chain finds them; a cluster goes by the number of one of its items.</summary>
    private static List<Merge> Chain(DistanceMatrix distances, Linkage linkage)
    {
        var active = Enumerable.Range(0, distances.Count).ToList();
        int[] sizes = new int[distances.Count];
        Array.Fill(sizes, 1);
        var merges = new List<Merge>(distances.Count - 1);
        var chain = new Stack<int>();
        while (active.Count > 1)
        {
            if (chain.Count == 0)
                chain.Push(active[0]);
            int tip = chain.Pop();
            // Equally near clusters: the one before in the chain wins, or the chain would run in a circle.
            int before = chain.Count > 0 ? chain.Peek() : -1;
            var (nearest, distance) = Nearest(distances, active, tip, before);
            if (nearest != before)
            {
                chain.Push(tip);
                chain.Push(nearest);
                continue;
            }
            chain.Pop();
            merges.Add(new Merge(tip, nearest, distance, sizes[tip] + sizes[nearest]));
            active.Remove(tip);
            Join(distances, active, sizes, gone: tip, kept: nearest, linkage);
        }
        return merges;
    }

    private static (int Nearest, float Distance) Nearest(DistanceMatrix distances, List<int> active, int tip, int before)
    {
        int nearest = before;
        float least = before < 0 ? float.NaN : distances[tip, before];
        foreach (int other in active)
        {
            if (other == tip || other == before)
                continue;
            float distance = distances[tip, other];
            if (!(distance >= least))
                (nearest, least) = (other, distance);
        }
        return (nearest, least);
    }

    /// <summary>The distances of a merged cluster from those of its parts (Lance and Williams 1967).</summary>
    private static void Join(DistanceMatrix distances, List<int> active, int[] sizes, int gone, int kept, Linkage linkage)
    {
        double share = sizes[gone] / (double)(sizes[gone] + sizes[kept]);
        foreach (int other in active)
        {
            if (other == kept)
                continue;
            float a = distances[other, gone], b = distances[other, kept];
            distances[other, kept] = linkage == Linkage.Complete ? Math.Max(a, b) : (float)(share * a + (1 - share) * b);
        }
        sizes[kept] += sizes[gone];
    }

    /// <summary>Sorts merges by distance and gives each cluster a number of its own.</summary>
    private static List<Merge> Numbered(int count, List<Merge> chain)
    {
        int[] parent = [.. Enumerable.Range(0, count)], number = [.. parent];
        var merges = new List<Merge>(chain.Count);
        foreach (var merge in chain.OrderBy(m => m.Distance))
        {
            int a = Root(parent, merge.First), b = Root(parent, merge.Second);
            merges.Add(merge with { First = Math.Min(number[a], number[b]), Second = Math.Max(number[a], number[b]) });
            parent[a] = b;
            number[b] = count + merges.Count - 1;
        }
        return merges;
    }

    private static int Root(int[] parent, int item)
    {
        while (parent[item] != item)
            item = parent[item] = parent[parent[item]];
        return item;
    }
}
