using Diarizer.Training.Data;
using Diarizer.Training.Sampling;

namespace Diarizer.Training.Tests.Sampling;

public class RandomPairsTests
{
    private static readonly long[] Labels = [7, 7, 7, 3, 5, 5];

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.1)]
    public void PairsAreOfOneSpeakerAsOftenAsAsked(double share)
    {
        var pairs = Pairs(Labels, 4_000, share, 1);
        Assert.All(pairs, pair => Assert.NotEqual(pair.First, pair.Second));
        Assert.InRange(pairs.Count(pair => Labels[pair.First] == Labels[pair.Second]) / 4_000.0, share - 0.03, share + 0.03);
        Assert.Equal(6, pairs.SelectMany(pair => new[] { pair.First, pair.Second }).Distinct().Count());
        Assert.Equal(pairs, Pairs(Labels, 4_000, share, 1));
        Assert.NotEqual(pairs, Pairs(Labels, 4_000, share, 2));
    }

    [Fact]
    public void OnlyKindOfPairIsTaken()
    {
        Assert.Equal(10, Pairs([1, 1], 10, 0.5, 1).Length);
        Assert.Equal(10, Pairs([1, 2], 10, 0.5, 1).Length);
        Assert.Throws<ArgumentException>(() => Pairs([1], 1, 0.5, 1));
    }

    [Fact]
    public void TripletsHoldTwoRowsOfOneSpeakerAndOneOfAnother()
    {
        var triplets = Triplets(Labels, 500, 1);
        Assert.All(triplets, t => Assert.True(Labels[t.Anchor] == Labels[t.Positive] && t.Anchor != t.Positive && Labels[t.Negative] != Labels[t.Anchor]));
        Assert.Equal([0, 1, 2, 4, 5], triplets.Select(t => t.Anchor).Distinct().Order());
        Assert.Equal(6, triplets.Select(t => t.Negative).Distinct().Count());
        Assert.Equal(triplets, Triplets(Labels, 500, 1));
        Assert.Throws<ArgumentException>(() => Triplets([1, 2], 1, 1));
        Assert.Throws<ArgumentException>(() => Triplets([1, 1], 1, 1));
    }

    private static RowPair[] Pairs(long[] labels, int count, double share, long seed)
    {
        var random = new SeededRandom(seed, 0, 0);
        return RandomPairs.Draw(labels, count, share, ref random);
    }

    private static RowTriplet[] Triplets(long[] labels, int count, long seed)
    {
        var random = new SeededRandom(seed, 0, 0);
        return RandomTriplets.Draw(labels, count, ref random);
    }
}
