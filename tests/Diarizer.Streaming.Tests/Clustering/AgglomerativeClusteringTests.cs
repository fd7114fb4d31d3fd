using Diarizer.Streaming.Clustering;

namespace Diarizer.Streaming.Tests.Clustering;

public class AgglomerativeClusteringTests
{
    /// <summary>Merges and cuts that SciPy gives (reference/clustering.py).</summary>
    [Theory]
    [InlineData(Linkage.Complete,
        new[] { 3, 8, 4, 9, 1, 6, 11, 14, 2, 7, 5, 10, 12, 13, 0, 17, 15, 16, 19, 20, 18, 21 },
        new[] { 0.012974, 0.013814, 0.017464, 0.038106, 0.046977, 0.093686, 0.206443, 0.244842, 0.380206, 1.403443, 1.990273 },
        new[] { 0, 1, 2, 3, 3, 4, 1, 2, 3, 3, 4, 1 })]
    [InlineData(Linkage.Average,
        new[] { 3, 8, 4, 9, 1, 6, 11, 14, 2, 7, 5, 10, 12, 13, 15, 17, 16, 19, 0, 20, 18, 21 },
        new[] { 0.012974, 0.013814, 0.017464, 0.034649, 0.046977, 0.093686, 0.163595, 0.218273, 0.466120, 0.734524, 1.734730 },
        new[] { 0, 1, 2, 3, 3, 4, 1, 2, 3, 3, 4, 1 })]
    public void MergesAsSciPyDoes(Linkage linkage, int[] clusters, double[] distances, int[] five)
    {
        var points = new float[12 * 4];
        for (int i = 0; i < points.Length; i++)
            points[i] = (float)(Math.Sin(1.3 * (i / 4) + 0.7 * (i % 4) * (i % 4)) + 0.2 * Math.Cos(i / 4 * (i % 4)));
        var tree = AgglomerativeClustering.Cluster(DistanceMatrix.Cosine(points, 4), linkage);
        Assert.Equal(clusters.Chunk(2).Select(c => (c[0], c[1])), tree.Merges.Select(m => (m.First, m.Second)));
        Assert.All(tree.Merges.Zip(distances), m => Assert.Equal(m.Second, m.First.Distance, 5e-6));
        Assert.Equal(12, tree.Merges[^1].Size);
        Assert.Equal(five, tree.CutInto(5));
        Assert.Equal(tree.CutInto(5), tree.CutAt((distances[6] + distances[7]) / 2));
    }

    [Theory]
    [InlineData(Linkage.Complete)]
    [InlineData(Linkage.Average)]
    public void MergesTheTwoNearestEachTime(Linkage linkage)
    {
        var random = new Random(3);
        for (int trial = 0; trial < 20; trial++)
        {
            var distances = Random(random, 24);
            Assert.All(AgglomerativeClustering.Cluster(distances, linkage).Merges.Zip(Nearest(distances, linkage)), m => Assert.Equal(m.Second, m.First.Distance, 1e-6));
        }
    }

    [Theory]
    [InlineData(Linkage.Complete)]
    [InlineData(Linkage.Average)]
    public void ItemsThatMustNotMeetMergeLast(Linkage linkage)
    {
        var distances = Random(new Random(4), 9);
        distances[2, 7] = distances[0, 2] = distances[0, 7] = float.PositiveInfinity;
        var tree = AgglomerativeClustering.Cluster(distances, linkage);
        int[] labels = tree.CutAt(float.MaxValue);
        Assert.Equal(3, labels.Distinct().Count());
        Assert.Equal(3, new[] { labels[0], labels[2], labels[7] }.Distinct().Count());
        Assert.Equal(8, tree.Merges.Count);
    }

    [Fact]
    public void EqualDistancesAndDistancesOfNothingEndInOneCluster()
    {
        Assert.Equal(29, AgglomerativeClustering.Cluster(new DistanceMatrix(30), Linkage.Average).Merges.Count);
        var one = AgglomerativeClustering.Cluster(new DistanceMatrix(1), Linkage.Complete);
        Assert.Empty(one.Merges);
        Assert.Equal([0], one.CutInto(1));
    }

    [Fact]
    public void CutsRunFromItemsToOneCluster()
    {
        var tree = AgglomerativeClustering.Cluster(Random(new Random(5), 17), Linkage.Average);
        for (int clusters = 1; clusters <= 17; clusters++)
            Assert.Equal(clusters, tree.CutInto(clusters).Distinct().Count());
        Assert.Equal(Enumerable.Range(0, 17), tree.CutInto(17));
        Assert.Throws<ArgumentOutOfRangeException>(() => tree.CutInto(18));
    }

    private static DistanceMatrix Random(Random random, int count)
    {
        var distances = new DistanceMatrix(count);
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < i; j++)
                distances[i, j] = random.NextSingle();
        }
        return distances;
    }

    /// <summary>The distances of the merges, found by looking at all pairs of clusters and all pairs of their members each time.</summary>
    private static List<double> Nearest(DistanceMatrix distances, Linkage linkage)
    {
        var clusters = Enumerable.Range(0, distances.Count).Select(i => new List<int> { i }).ToList();
        var found = new List<double>();
        while (clusters.Count > 1)
        {
            var (distance, a, b) = (from x in clusters from y in clusters where x != y select (Distance(x, y), x, y)).MinBy(p => p.Item1);
            found.Add(distance);
            a.AddRange(b);
            clusters.Remove(b);
        }
        return found;

        double Distance(List<int> x, List<int> y)
        {
            var all = from i in x from j in y select (double)distances[i, j];
            return linkage == Linkage.Complete ? all.Max() : all.Average();
        }
    }
}
