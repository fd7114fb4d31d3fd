using Diarizer.Audio;
using Diarizer.Streaming.Clustering;
using Diarizer.Training.Data;
using Diarizer.Training.Evaluation;
using Diarizer.Training.Evaluation.Clusters;

namespace Diarizer.Training.Tests.Evaluation.Clusters;

public class ClusterTests
{
    /// <summary>SciPy's linkage and assignment (reference/evaluation.py).</summary>
    [Theory]
    [InlineData(Linkage.Average, 0.0625, 0.0625, 0.375, 0.375, 6)]
    [InlineData(Linkage.Complete, 0.125, 0.25, 0.375, 0.6875, 7)]
    public void RatesAreThoseOfTheDefinition(Linkage linkage, double rate, double atSpeakers, double whole, double wholeAtSpeakers, int clusters)
    {
        int[] speakers = [.. Enumerable.Range(0, 16).Select(i => i % 6)];
        var (voices, noise) = (Examples.Vectors(6, 6, 0.9), Examples.Vectors(16, 6, 2.5));
        var items = Examples.Unit([.. Enumerable.Range(0, 16 * 6).Select(at => voices.Row(speakers[at / 6])[at % 6] + 0.6f * noise.Row(at / 6)[at % 6])], 6);
        Assert.Equal(new ClusterFigures(rate, atSpeakers, whole, wholeAtSpeakers, clusters), ClusterFigures.Of(items, speakers, linkage));
    }

    /// <summary>Speaker 0 owns cluster 0, speaker 1 cluster 1 with one item lost, speaker 2 cluster 2 with one lost, speaker 3 his own: one of 0 and two others are wrong.</summary>
    [Fact]
    public void AClusterHasOneSpeakerAndASpeakerOneCluster()
    {
        int[] clusters = [0, 0, 0, 1, 1, 2, 2, 2, 3], speakers = [0, 0, 1, 1, 2, 2, 2, 0, 3];
        Assert.Equal(3 / 9.0, MisclassificationRate.Matched(clusters, speakers), 9);
        Assert.Equal(8 / 9.0, MisclassificationRate.Whole(clusters, speakers), 9);
        Assert.InRange(MisclassificationRate.Matched(clusters, speakers, enough: 0.1), 0.1, 3 / 9.0 + 1e-9);
    }

    [Fact]
    public void SingleItemsAreHalfRightButNoWholeCluster()
    {
        Assert.Equal(0.5, MisclassificationRate.Matched([0, 1, 2, 3], [0, 0, 1, 1]));
        Assert.Equal(1, MisclassificationRate.Whole([0, 1, 2, 3], [0, 0, 1, 1]));
        Assert.Equal(0, MisclassificationRate.Whole([1, 1, 0, 0], [0, 0, 1, 1]));
    }

    [Fact]
    public void TenSentencesAreDealtEightAndTwo()
    {
        var rows = Enumerable.Range(0, 23).Select(i => (i, Examples.Utterance($"{i}", i < 10 ? "a" : i < 20 ? "b" : i < 22 ? "c" : "d"))).ToArray();
        var items = ClusterItem.Deal(rows, [8, 2], 0);
        Assert.Equal([[8, 2], [8, 2], [1, 1]], items.Select(s => s.Select(i => i.Rows.Count).ToArray()));
        Assert.Equal(Enumerable.Range(10, 8), items[1][0].Rows);
        Assert.Equal([[3], [3], [2]], ClusterItem.Deal(rows, [], 3).Select(s => new[] { s.Count }));
        Assert.Equal([2, 2, 1], ClusterItem.Deal(rows, [1, 1, 0.5], 5)[0].Select(i => i.Rows.Count));
    }

    [Fact]
    public void CorporaAreClusteredAloneAndTogether()
    {
        Utterance[] utterances = [.. Enumerable.Range(0, 24).Select(i => Examples.Utterance($"{i}", $"s{i / 2}", i < 12 ? "x" : "y"))];
        float[] values = new float[24 * 12];
        for (int i = 0; i < 24; i++)
            values[i * 12 + i / 2] = 1;
        var results = new ClusterTest(Linkage.Complete, 4, 3, 1).Run(utterances, new EmbeddingTable(values, 12), rows => ClusterItem.Deal(rows, [8, 2], 0));
        Assert.Equal(["x", "y", "pooled"], results.Select(r => r.Corpus));
        Assert.All(results, r => Assert.Equal((4, 8, 3, 0, 0, 0, 0, 4), (r.Speakers, r.Items, r.Draws, r.Rate, r.RateAtSpeakers, r.WholeRate, r.WholeRateAtSpeakers, r.Clusters)));
        Assert.Throws<UserErrorException>(() => new ClusterTest(Linkage.Complete, 40, 1, 1).Run(utterances, new EmbeddingTable(values, 12), rows => ClusterItem.Deal(rows, [8, 2], 0)));
    }
}
