using Diarizer.Training.Data;
using Diarizer.Training.Evaluation;

namespace Diarizer.Training.Tests.Evaluation;

public class ErrorRatesTests
{
    [Fact]
    public void SeparatedScoresHaveNoError()
    {
        Assert.Equal(0, ErrorRates.EqualErrorRate([0.8f, 0.9f], [0.1f, 0.2f, 0.3f]));
        Assert.Equal(0, ErrorRates.MinimumCost([0.8f, 0.9f], [0.1f, 0.2f, 0.3f], 0.01));
    }

    [Fact]
    public void ReversedScoresAreAllWrong() => Assert.Equal(1, ErrorRates.EqualErrorRate([0.1f, 0.2f], [0.8f, 0.9f]));

    /// <summary>Rejecting below 0.5 misses one target of four (0.4) and accepts one other of four (0.6).</summary>
    [Fact]
    public void OneOfFourOnEachSide() => Assert.Equal(0.25, ErrorRates.EqualErrorRate([0.4f, 0.7f, 0.8f, 0.9f], [0.1f, 0.2f, 0.3f, 0.6f]), 9);

    /// <summary>
    /// Targets 0.3 and 0.9, others 0.1, 0.5 and 0.7. Between the thresholds 0.3 and 0.5 the ROC goes from (miss 1/2, false alarm 2/3) to (1/2, 1/3): it meets miss = false
    /// alarm at 1/2.
    /// </summary>
    [Fact]
    public void InterpolatesBetweenPoints() => Assert.Equal(0.5, ErrorRates.EqualErrorRate([0.3f, 0.9f], [0.1f, 0.5f, 0.7f]), 9);

    /// <summary>All scores equal: the ROC is the straight line from accepting all to rejecting all.</summary>
    [Fact]
    public void EqualScoresGiveOneHalf() => Assert.Equal(0.5, ErrorRates.EqualErrorRate([0.5f, 0.5f, 0.5f], [0.5f, 0.5f]), 9);

    /// <summary>
    /// Accepting only 0.9 misses 1 of 2 targets without false alarm: cost 0.01/2, normalised by 0.01: 0.5. Accepting 0.4 too costs 0.99/100 and more.
    /// </summary>
    [Theory]
    [InlineData(0.01, 0.5)]
    [InlineData(0.001, 0.5)]
    [InlineData(0.5, 0.01)]
    public void MinimumCostIsNormalised(double prior, double expected)
    {
        float[] others = [0.5f, .. Enumerable.Repeat(0.1f, 99)];
        Assert.Equal(expected, ErrorRates.MinimumCost([0.4f, 0.9f], others, prior), 9);
    }

    [Fact]
    public void NothingBetterThanRejectingAllCostsOne() => Assert.Equal(1, ErrorRates.MinimumCost([0.1f], [0.9f, 0.8f], 0.01), 9);

    [Fact]
    public void RocAreaCountsTiesHalf()
    {
        Assert.Equal(1, RocArea.Measure([0.1f, 0.9f], [0, 1]));
        Assert.Equal(0.5, RocArea.Measure([0.4f, 0.4f, 0.4f], [0, 1, 0]));
        // Pairs (positive, negative): 3>2, 3>1, 2=2, 2>1: 3.5 of 4.
        Assert.Equal(3.5 / 4, RocArea.Measure([3, 2, 2, 1], [1, 1, 0, 0]));
    }

    [Fact]
    public void PairsStayInOneCorpusAndCrossSessions()
    {
        var rows = Enumerable.Range(0, 40).Select(i => (i, new Utterance($"{i}", $"s{i % 5}", "c", "test", $"call{i / 5 % 2}", "f", 0, 1))).ToArray();
        var pairs = TrialPairs.Draw(rows, 500, 1);
        Assert.Equal((500, 500), (pairs.Targets.Count, pairs.Others.Count));
        Assert.All(pairs.Targets, p => Assert.True(p.A % 5 == p.B % 5 && p.A / 5 % 2 != p.B / 5 % 2));
        Assert.All(pairs.Others, p => Assert.NotEqual(p.A % 5, p.B % 5));
        Assert.Equal(pairs.Targets, TrialPairs.Draw(rows, 500, 1).Targets);
    }

    [Fact]
    public void SpeakerWithOneSessionGivesNoTargetWhereOthersHaveSeveral()
    {
        var rows = Enumerable.Range(0, 8).Select(i => (i, new Utterance($"{i}", $"s{i % 2}", "c", "test", i % 2 == 0 ? $"call{i / 2 % 2}" : "call", "f", 0, 1))).ToArray();
        Assert.All(TrialPairs.Draw(rows, 10, 1).Targets, p => Assert.Equal(0, p.A % 2));
    }

    [Fact]
    public void CorpusOfOneSessionASpeakerStillGivesTargets()
    {
        var rows = Enumerable.Range(0, 6).Select(i => (i, new Utterance($"{i}", $"s{i % 2}", "c", "test", $"chapter{i % 2}", "f", 0, 1))).ToArray();
        var pairs = TrialPairs.Draw(rows, 10, 1);
        Assert.Equal(10, pairs.Targets.Count);
        Assert.All(pairs.Targets, p => Assert.True(p.A != p.B && p.A % 2 == p.B % 2));
    }

    [Fact]
    public void VerificationPoolsTheScoresOfAllCorpora()
    {
        Utterance U(int i, string corpus) => new($"{i}", $"{corpus}{i % 2}", corpus, "test", "", "f", 0, 1);
        Utterance[] utterances = [U(0, "a"), U(1, "a"), U(2, "a"), U(3, "a"), U(0, "b"), U(1, "b"), U(2, "b"), U(3, "b")];
        float[] embeddings = [1, 0, 0, 1, 1, 0, 0, 1, 1, 0, 1, 0, 1, 0, 1, 0];
        var sets = TrialSet.WithPooled(TrialSet.Draw(utterances, 50, 1));
        var table = new EmbeddingTable(embeddings, 2);
        var results = VerificationTest.Measure(sets, [.. sets.Select(s => ScoredTrials.Of(s.Pairs, table.Similarity))], utterances, null);
        Assert.Equal(["a", "b", "pooled"], results.Select(r => r.Corpus));
        Assert.Equal([0.0, 0.5], results.Take(2).Select(r => r.Eer));
        Assert.Equal((100, 100, 8, 4), (results[2].Targets, results[2].Others, results[2].Utterances, results[2].Speakers));
        Assert.InRange(results[2].Eer, 0.2, 0.4);
    }
}
