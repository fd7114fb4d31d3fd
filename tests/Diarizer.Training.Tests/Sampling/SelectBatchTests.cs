using Diarizer.Training.Data;
using Diarizer.Training.Sampling;

namespace Diarizer.Training.Tests.Sampling;

public class SelectBatchTests
{
    /// <summary>Against a search over every row in the most plain way.</summary>
    [Fact]
    public void TakesTheLeastSimilarPositivesAndTheMostSimilarNegatives()
    {
        const int Rows = 400, Dimension = 8;
        var random = new SeededRandom(1, 0, 0);
        long[] labels = new long[Rows];
        float[] embeddings = new float[Rows * Dimension];
        for (int r = 0; r < Rows; r++)
        {
            labels[r] = r < 20 ? -1 : random.Below(50);
            var row = embeddings.AsSpan(r * Dimension, Dimension);
            foreach (ref float x in row)
                x = (float)random.Normal();
            float norm = MathF.Sqrt(row.ToArray().Sum(x => x * x));
            foreach (ref float x in row)
                x /= norm;
        }
        var triplets = Choose(embeddings, labels, 16, 2, 1);
        Assert.Equal(32, triplets.Length);
        Assert.Equal(16, triplets.Select(t => labels[t.Anchor]).Distinct().Count());
        foreach (var pair in triplets.GroupBy(t => t.Anchor))
        {
            int a = pair.Key;
            Assert.Equal(Ordered(r => r != a && labels[r] == labels[a]).Take(2), pair.Select(t => t.Positive));
            Assert.Equal(Ordered(r => labels[r] >= 0 && labels[r] != labels[a]).Reverse().Take(2), pair.Select(t => t.Negative));

            IEnumerable<int> Ordered(Func<int, bool> which) => Enumerable.Range(0, Rows).Where(which).OrderBy(r => Cosine(a, r)).ToList();
        }
        Assert.Equal(triplets, Choose(embeddings, labels, 16, 2, 1));
        Assert.NotEqual(triplets, Choose(embeddings, labels, 16, 2, 2));

        float Cosine(int a, int b) => Enumerable.Range(0, Dimension).Sum(d => embeddings[a * Dimension + d] * embeddings[b * Dimension + d]);
    }

    [Fact]
    public void FewSpeakersComeUpAgainAndFewPositivesAreRepeated()
    {
        var triplets = Choose([1, 0, 0, 1, 1, 0, 0.6f, 0.8f], [4, 4, 9, -1], 16, 2, 1);
        Assert.Equal([0, 0, 1, 1], triplets.Select(t => t.Anchor).Order());
        Assert.All(triplets, t => Assert.Equal((1 - t.Anchor, 2), (t.Positive, t.Negative)));
    }

    [Theory]
    [InlineData(new long[] { 1, 1, 1, -1 })]
    [InlineData(new long[] { 1, 2, 3, -1 })]
    public void TripletsThatCannotBeAreRefused(long[] labels) => Assert.Throws<ArgumentException>(() => Choose([1, 0, 0, 1, 1, 0, 0, 1], labels, 1, 1, 1));

    private static RowTriplet[] Choose(float[] embeddings, long[] labels, int anchors, int perAnchor, long seed)
    {
        var random = new SeededRandom(seed, 0, 0);
        return SelectBatch.Choose(embeddings, labels, anchors, perAnchor, ref random);
    }
}
