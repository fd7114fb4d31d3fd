using Diarizer.Training.Data;
using Diarizer.Training.Evaluation;

namespace Diarizer.Training.Tests.Evaluation;

public class AdaptiveNormalisationTests
{
    /// <summary>Computed in NumPy (reference/evaluation.py).</summary>
    [Fact]
    public void ScoresAreComparedWithTheNearestImpostors()
    {
        var norm = new AdaptiveNormalisation(Examples.Vectors(6, 5, 0.3), Examples.Vectors(9, 5, 2.2), 4);
        Assert.Equal(-0.094004, norm.Score(0, 1), 2e-5);
        Assert.Equal(-6.418985, norm.Score(2, 5), 2e-4);
        Assert.Equal(-4.892200, norm.Score(3, 4), 2e-4);
        Assert.Equal(norm.Score(2, 5), norm.Score(5, 2));
    }

    [Fact]
    public void ACohortOfEqualScoresDoesNotDivideByZero()
    {
        var same = Examples.Unit([1, 0, 1, 0, 1, 0], 2);
        Assert.True(float.IsFinite(new AdaptiveNormalisation(same, same, 3).Score(0, 1)));
    }

    [Fact]
    public void SpeakersInTrialsAreNotInTheCohort()
    {
        Utterance[] utterances = [.. Enumerable.Range(0, 30).Select(i => Examples.Utterance($"{i}", $"s{i % 6}"))];
        var cohort = Cohort.Choose(utterances, utterances[..2], most: 3, seed: 1);
        Assert.Equal([3, 3, 3, 3], cohort.Speakers.Select(s => s.Count));
        Assert.Equal(["s2", "s3", "s4", "s5"], cohort.Speakers.Select(rows => rows.Select(r => cohort.Utterances[r].Speaker).Distinct().Single()));
        Assert.Equal(12, cohort.Utterances.Distinct().Count());
        Assert.Equal(cohort.Utterances, Cohort.Choose(utterances, utterances[..2], 3, 1).Utterances);
    }
}
