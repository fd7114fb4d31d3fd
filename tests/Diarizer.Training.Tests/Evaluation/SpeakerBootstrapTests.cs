using Diarizer.Training.Data;
using Diarizer.Training.Evaluation;

namespace Diarizer.Training.Tests.Evaluation;

public class SpeakerBootstrapTests
{
    private const int Speakers = 30, Pairs = 300;

    /// <summary>
    /// Each speaker has a level of his own, so that the pairs of a speaker err together. The interval must be as wide as the rates of tests with new speakers scatter; taking pairs for
    /// independent, it would have about half of that width.
    /// </summary>
    [Fact]
    public void TheIntervalIsAsWideAsTestsOfOtherSpeakersScatter()
    {
        var (utterances, pairs) = Trials();
        double[] rates = [.. Enumerable.Range(0, 400).Select(i => Scores(i, pairs).Curve().EqualErrorRate())];
        var scatter = Interval.Of(rates, SpeakerBootstrap.Level);
        double mean = rates.Average(), width = 0;
        int covered = 0;
        for (int i = 0; i < 40; i++)
        {
            var interval = new SpeakerBootstrap(200, i).Intervals(pairs, Scores(1_000 + i, pairs), utterances).Eer;
            width += (interval.High - interval.Low) / 40;
            covered += interval.Low <= mean && mean <= interval.High ? 1 : 0;
        }
        Assert.InRange(width / (scatter.High - scatter.Low), 0.8, 1.25);
        Assert.InRange(covered, 34, 40);
    }

    [Fact]
    public void TheSeedDecidesAndTheRateLiesWithin()
    {
        var (utterances, pairs) = Trials();
        var scores = Scores(5, pairs);
        var interval = new SpeakerBootstrap(300, 1).Intervals(pairs, scores, utterances);
        Assert.Equal(interval, new SpeakerBootstrap(300, 1).Intervals(pairs, scores, utterances));
        Assert.NotEqual(interval, new SpeakerBootstrap(300, 2).Intervals(pairs, scores, utterances));
        Assert.InRange(scores.Curve().EqualErrorRate(), interval.Eer.Low, interval.Eer.High);
        Assert.InRange(scores.Curve().MinimumCost(0.01), interval.MinDcf01.Low, interval.MinDcf01.High);
    }

    /// <summary>One corpus has no errors and one only errors: the share of each must stay as it is.</summary>
    [Fact]
    public void CorporaKeepTheirShares()
    {
        Utterance[] utterances = [.. Enumerable.Range(0, 80).Select(i => Examples.Utterance($"{i}", $"{i / 40}-{i % 20}", $"corpus{i / 40}"))];
        var targets = Enumerable.Range(0, 40).Select(i => (i / 20 * 40 + i % 20, i / 20 * 40 + i % 20 + 20)).ToArray();
        var others = Enumerable.Range(0, 40).Select(i => (i / 20 * 40 + i % 20, i / 20 * 40 + (i + 1) % 20)).ToArray();
        float Score(int i, float right) => i < 20 ? right : 1 - right;
        var scores = new ScoredTrials([.. targets.Select((_, i) => Score(i, 1))], [.. others.Select((_, i) => Score(i, 0))]);
        var interval = new SpeakerBootstrap(100, 1).Intervals(new TrialPairs(targets, others), scores, utterances).MinDcf01;
        Assert.Equal(1, interval.High, 9);
        Assert.Equal(1, interval.Low, 9);
    }

    [Fact]
    public void DrawsThatLeaveOneSpeakerAreDrawnAgain()
    {
        Utterance[] utterances = [Examples.Utterance("a", "one"), Examples.Utterance("b", "one"), Examples.Utterance("c", "two")];
        Assert.Equal(new Interval(0, 0), new SpeakerBootstrap(3_000, 1).Intervals(new TrialPairs([(0, 1)], [(0, 2)]), new ScoredTrials([1], [0]), utterances).Eer);
    }

    /// <summary>Two utterances a speaker; every tenth pair is of another two speakers.</summary>
    private static (Utterance[] Utterances, TrialPairs Pairs) Trials()
    {
        Utterance[] utterances = [.. Enumerable.Range(0, 2 * Speakers).Select(i => Examples.Utterance($"{i}", $"s{i / 2}"))];
        return (utterances, new TrialPairs([.. Enumerable.Range(0, Pairs).Select(i => (i % Speakers * 2, i % Speakers * 2 + 1))], [.. Enumerable.Range(0, Pairs).Select(i => Other(i))]));

        static (int, int) Other(int i) => (i % Speakers * 2, (i % Speakers + 1 + i / Speakers) % Speakers * 2);
    }

    private static ScoredTrials Scores(long seed, TrialPairs pairs)
    {
        var random = new SeededRandom(seed, 0, 0);
        double[] level = [.. Enumerable.Range(0, Speakers).Select(_ => random.Normal())];
        float[] Draw(IReadOnlyList<(int A, int B)> of, double shift)
        {
            float[] scores = new float[of.Count];
            for (int i = 0; i < scores.Length; i++)
                scores[i] = (float)(shift + 0.5 * (level[of[i].A / 2] + level[of[i].B / 2]) + random.Normal());
            return scores;
        }
        return new ScoredTrials(Draw(pairs.Targets, 3), Draw(pairs.Others, 0));
    }
}
