using Diarizer.Training.Evaluation;

namespace Diarizer.Training.Tests.Evaluation;

public class RetrievalTests
{
    private const int Negatives = 7;

    /// <summary>The definitions of Deep Speaker's code base in NumPy (reference/evaluation.py), on scores that its grid of thresholds can tell apart.</summary>
    [Fact]
    public void MeasuresAreThoseOfDeepSpeaker()
    {
        var scores = new ScoredTrials(Snapped(Examples.Scores(30, 0.2, 0.8)), Snapped(Examples.Scores(30 * Negatives, 1.1, 0)));
        var result = RetrievalResult.Of(new TrialSet("c", new TrialPairs([], []), 0, 0), scores);
        Assert.Equal((30, Negatives), (result.Trials, result.Negatives));
        Assert.Equal(0.092857143, result.Eer, 9);
        Assert.Equal(0.867924528, result.FMeasure, 9);
        Assert.Equal(0.970833333, result.Accuracy, 9);
        Assert.Equal(28 / 30.0, result.Top1, 9);
    }

    [Fact]
    public void ANegativeAsHighAsThePositiveIsNotFirst() =>
        Assert.Equal(0.5, RetrievalResult.Of(new TrialSet("c", new TrialPairs([], []), 0, 0), new ScoredTrials([0.5f, 0.5f], [0.5f, 0.1f, 0.4f, 0.1f])).Top1);

    [Fact]
    public void ATrialHasOneAnchorItsOtherSessionAndDifferentStrangers()
    {
        var rows = Enumerable.Range(0, 60).Select(i => (i, Examples.Utterance($"{i}", $"s{i % 5}", session: $"call{i / 5 % 2}"))).ToArray();
        var trials = RetrievalTrials.Draw(rows, 12, 40, 1);
        Assert.Equal((12, 480), (trials.Targets.Count, trials.Others.Count));
        Assert.All(trials.Targets, p => Assert.True(p.A % 5 == p.B % 5 && p.A / 5 % 2 != p.B / 5 % 2));
        for (int trial = 0; trial < 12; trial++)
        {
            var own = trials.Others.Skip(trial * 40).Take(40).ToArray();
            Assert.All(own, p => Assert.True(p.A == trials.Targets[trial].A && p.A % 5 != p.B % 5));
            Assert.Equal(40, own.Select(p => p.B).Distinct().Count());
        }
        Assert.Equal([2, 2, 2, 3, 3], trials.Targets.CountBy(p => p.A % 5).Select(s => s.Value).Order());
        Assert.Equal(trials.Others, RetrievalTrials.Draw(rows, 12, 40, 1).Others);
        Assert.Equal(5, RetrievalTrials.Draw(rows, 0, 40, 1).Targets.Count);
    }

    [Fact]
    public void TooFewStrangersMakeNoTrial()
    {
        var rows = Enumerable.Range(0, 60).Select(i => (i, Examples.Utterance($"{i}", $"s{i % 5}"))).ToArray();
        Assert.NotEmpty(RetrievalTrials.Draw(rows, 1, 48, 1).Targets);
        Assert.Empty(RetrievalTrials.Draw(rows, 1, 49, 1).Targets);
    }

    private static float[] Snapped(float[] scores) => [.. scores.Select(s => (float)(Math.Floor(Math.Clamp(0.25 + s / 2.5, 0.002, 0.998) * 1000) / 1000 + 0.0005))];
}
