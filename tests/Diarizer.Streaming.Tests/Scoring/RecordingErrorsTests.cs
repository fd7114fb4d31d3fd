using Diarizer.Streaming.Scoring;

namespace Diarizer.Streaming.Tests.Scoring;

public class RecordingErrorsTests
{
    private static SpeakerSegment Seg(string speaker, double start, double end) => new("r", speaker, start, end);

    private static RecordingErrors Explain(SpeakerSegment[] reference, SpeakerSegment[] hypothesis, ScoringOptions options = default) =>
        Assert.Single(DiarizationErrorRate.Explain(reference, hypothesis, null, options));

    [Fact]
    public void Each_stretch_says_who_speaks_who_is_heard_and_what_is_wrong()
    {
        var errors = Explain([Seg("A", 0, 5), Seg("B", 4, 8)], [Seg("x", 0, 6), Seg("y", 6, 9)]);
        Assert.Equal([0, 1], errors.Mapping);
        Assert.Equal([(0, 4), (4, 5), (5, 6), (6, 8), (8, 9)], errors.Stretches.Select(s => ((int)s.Time.Start, (int)s.Time.End)));
        Assert.Equal([null, ErrorKind.MissedOverlap, ErrorKind.Confusion, null, ErrorKind.FalseAlarm], errors.Stretches.Select(s => Kinds(s) is [var kind] ? kind : (ErrorKind?)null));
        Assert.Equal([0], errors.Stretches[2].Hypothesis);
        Assert.Equal([1], errors.Stretches[2].Reference);
    }

    [Fact]
    public void Of_several_who_are_not_heard_one_is_missed_speech_and_the_others_missed_overlap()
    {
        var errors = Explain([Seg("A", 0, 4), Seg("B", 0, 4), Seg("C", 2, 4)], []);
        Assert.Equal(4, errors.Seconds(ErrorKind.Missed), 9);
        Assert.Equal(6, errors.Seconds(ErrorKind.MissedOverlap), 9);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(0.25, true)]
    public void Stretches_add_up_to_the_score(double collar, bool skipOverlap)
    {
        var options = new ScoringOptions(collar, skipOverlap);
        var scores = DiarizationErrorRate.Score(Pinned.Reference, Pinned.Hypothesis, null, options);
        foreach (var errors in DiarizationErrorRate.Explain(Pinned.Reference, Pinned.Hypothesis, null, options))
        {
            Assert.Equal(scores[errors.Name].Rate, errors.Total.Rate, 12);
            Assert.Equal(scores[errors.Name].Missed, errors.Seconds(ErrorKind.Missed) + errors.Seconds(ErrorKind.MissedOverlap), 9);
            Assert.Equal(scores[errors.Name].FalseAlarm, errors.Seconds(ErrorKind.FalseAlarm), 9);
            Assert.Equal(scores[errors.Name].Confusion, ErrorMoment.Of(errors).Where(m => m.Kind == ErrorKind.Confusion).Sum(m => m.Seconds), 9);
        }
    }

    [Fact]
    public void Common_time_has_a_place_for_nobody()
    {
        var common = Explain([Seg("A", 0, 5), Seg("B", 4, 8)], [Seg("x", 1, 6), Seg("y", 6, 9)]).CommonTime();
        double[,] expected = { { 4, 0, 1 }, { 2, 2, 0 }, { 0, 1, 0 } };
        Assert.Equal(expected, common);
    }

    [Fact]
    public void Errors_of_a_kind_with_a_short_pause_between_are_one_moment_and_the_worst_comes_first()
    {
        // Misses at 1-1.5, 1.7-3.2 (0.2 s later) and 6-7.
        var errors = Explain([Seg("A", 0, 10)], [Seg("x", 0, 1), Seg("x", 1.5, 1.7), Seg("x", 3.2, 6), Seg("x", 7, 10)]);
        var moments = ErrorMoment.Of(errors);
        Assert.Equal([new Interval(1, 3.2), new Interval(6, 7)], moments.Select(m => m.Time));
        Assert.Equal(2, moments[0].Seconds, 9);
        Assert.Equal([0], moments[0].Reference);
        Assert.Empty(moments[0].Hypothesis);
    }

    private static List<ErrorKind> Kinds(ScoredStretch stretch) => [.. Enum.GetValues<ErrorKind>().Where(k => stretch.Count(k) > 0)];
}
