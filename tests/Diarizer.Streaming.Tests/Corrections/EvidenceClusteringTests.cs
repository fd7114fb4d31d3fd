using Diarizer.Streaming.Corrections;

namespace Diarizer.Streaming.Tests.Corrections;

public class EvidenceClusteringTests
{
    private const int Windows = 12, Dimension = 3;

    private static readonly CorrectionOptions Model = new() { ClusteringScale = 0.5, ChannelStart = 0.7 };

    private static readonly int[] Voices = [0, 0, 1, 1, 2, 2, 0, 1, 2, 0, 1, 2];

    /// <summary>Printed by reference/evidence_clustering.py, which has whole covariance matrices and tries every pair anew.</summary>
    [Theory]
    [InlineData(0, new[] { 0, 0, 1, 1, 2, 2, 0, 1, 2, 0, 1, 2 })]
    [InlineData(2, new[] { 0, 1, 2, 3, 4, 4, 5, 6, 4, 7, 8, 4 })]
    public void Clusters_are_those_of_an_independent_calculation(double least, int[] expected) =>
        Assert.Equal(expected, EvidenceClustering.Cluster(Scene(), Model with { MergeRatio = least }));

    [Fact]
    public void One_window_is_one_cluster() => Assert.Equal([0], EvidenceClustering.Cluster(Scene().Select([3]), Model));

    [Fact]
    public void With_more_speech_the_same_points_are_more_voices()
    {
        var brief = Scene() with { Seconds = [.. Enumerable.Repeat(0.05, Windows)] };
        var model = Model with { MergeRatio = 0 };
        Assert.True(EvidenceClustering.Cluster(brief, model).Max() < EvidenceClustering.Cluster(Scene(), model).Max());
    }

    private static MappedWindows Scene() => new(
        [.. Voices.Select((voice, t) => Enumerable.Range(0, Dimension).Select(d => (float)((3 * Math.Sin((1.3 * voice) + d)) + (0.9 * Math.Sin(2.3 * t * (d + 1))))).ToArray())],
        [.. Enumerable.Range(0, Windows).Select(t => t % 3 == 0 ? 0.9 : 1.5)],
        [.. Enumerable.Range(0, Windows).Select(t => 0.5 * t)],
        [4, 2, 1],
        [3, 1, 0.5f],
        Noise: 0.8);
}
