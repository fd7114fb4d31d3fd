using Diarizer.Streaming.Scoring;

namespace Diarizer.Streaming.Tests.Scoring;

public class JaccardErrorRateTests
{
    [Fact]
    public void Speakers_count_alike_however_little_they_speak()
    {
        SpeakerSegment[] reference = [new("r", "A", 0, 9), new("r", "B", 9, 10)];
        var errors = JaccardErrorRate.Score(reference, [new("r", "x", 0, 10)])["r"];
        Assert.Equal([0.1, 1], errors.Select(e => Math.Round(e, 9)));
        Assert.Equal(0.55, JaccardErrorRate.Pool([errors]), 9);
    }

    [Fact]
    public void Random_segments_score_as_with_dscore() =>
        Assert.Equal(0.686372, JaccardErrorRate.Pool(JaccardErrorRate.Score(Pinned.Reference, Pinned.Hypothesis).Values), 6);

    [Fact]
    public void Only_the_evaluated_regions_count()
    {
        var uem = new Dictionary<string, IReadOnlyList<Interval>> { ["r"] = [new Interval(0, 2)] };
        Assert.Equal([0], JaccardErrorRate.Score([new("r", "A", 0, 9)], [new("r", "x", 0, 5)], uem)["r"]);
    }
}
