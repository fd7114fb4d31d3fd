using Diarizer.Training.Data;
using Diarizer.Training.Sampling;

namespace Diarizer.Training.Tests.Sampling;

public class NegativeMinerTests
{
    private static readonly float[] Similarity = [0.9f, 0.1f, 0.5f, 0.45f, 0.7f, 0.2f];

    [Theory]
    [InlineData(0, new[] { 0 })]
    [InlineData(1, new[] { 0, 4 })]
    [InlineData(2, new[] { 0, 3, 4 })]
    [InlineData(100, new[] { 0, 1, 3, 4, 5 })]
    public void HardNegativesAreThoseUpToTheRank(int rank, int[] expected) => Assert.Equal(expected, Seen(new MiningStage { Negatives = NegativeChoice.Hard, Rank = rank }));

    [Fact]
    public void RandomNegativesAreAllOthers() => Assert.Equal([0, 1, 3, 4, 5], Seen(new MiningStage()));

    [Theory]
    [InlineData(0.1, new[] { 3 })]
    [InlineData(0.35, new[] { 3, 5 })]
    [InlineData(0.01, new[] { 0, 1, 3, 4, 5 })]
    public void SemiHardNegativesLieWithinTheMarginBelowThePositive(double margin, int[] expected) =>
        Assert.Equal(expected, Seen(new MiningStage { Negatives = NegativeChoice.SemiHard }, margin));

    [Fact]
    public void ShareIsTheProbabilityOfAHardNegative()
    {
        var random = new SeededRandom(1, 0, 0);
        var stage = new MiningStage { Negatives = NegativeChoice.Hard, Share = 0.5 };
        int hardest = Enumerable.Range(0, 4_000).Count(_ => NegativeMiner.Choose(Similarity, 2, stage, 0, ref random) == 0);
        Assert.InRange(hardest / 4_000.0, 0.57, 0.63);
    }

    [Fact]
    public void StagesFollowTheirSteps()
    {
        var schedule = new HardNegativeSchedule(new MiningStage { FromStep = 10, Negatives = NegativeChoice.SemiHard }, new MiningStage { FromStep = 20, Negatives = NegativeChoice.Hard });
        Assert.Equal([NegativeChoice.Random, NegativeChoice.SemiHard, NegativeChoice.SemiHard, NegativeChoice.Hard], new long[] { 9, 10, 19, 20 }.Select(step => schedule.At(step).Negatives));
    }

    [Fact]
    public void OneSpeakerHasNoNegative() => Assert.Throws<ArgumentException>(() =>
    {
        var random = new SeededRandom(1, 0, 0);
        NegativeMiner.Choose([1f], 0, new MiningStage(), 0, ref random);
    });

    private static int[] Seen(MiningStage stage, double margin = 0)
    {
        var random = new SeededRandom(1, 0, 0);
        var seen = new SortedSet<int>();
        for (int i = 0; i < 300; i++)
            seen.Add(NegativeMiner.Choose(Similarity, 2, stage, margin, ref random));
        return [.. seen];
    }
}
