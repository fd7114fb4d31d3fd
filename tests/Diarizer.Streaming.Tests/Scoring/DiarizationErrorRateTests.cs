using Diarizer.Streaming.Scoring;

namespace Diarizer.Streaming.Tests.Scoring;

public class DiarizationErrorRateTests
{
    private static SpeakerSegment Seg(string speaker, double start, double end) => new("r", speaker, start, end);

    private static DiarizationErrors Score(SpeakerSegment[] reference, SpeakerSegment[] hypothesis, ScoringOptions options = default, Interval[]? uem = null) =>
        DiarizationErrorRate.Score(reference, hypothesis, uem is null ? null : new Dictionary<string, IReadOnlyList<Interval>> { ["r"] = uem }, options)["r"];

    private static void Is(DiarizationErrors actual, double speech, double missed, double falseAlarm, double confusion)
    {
        Assert.Equal(speech, actual.Speech, 9);
        Assert.Equal(missed, actual.Missed, 9);
        Assert.Equal(falseAlarm, actual.FalseAlarm, 9);
        Assert.Equal(confusion, actual.Confusion, 9);
    }

    [Fact]
    public void Each_kind_of_error_is_counted_in_speaker_time()
    {
        // 0-4 right, 4-5 missed, 6-7 false alarm, 7-10 right, 10-12 confused with x.
        SpeakerSegment[] reference = [Seg("A", 0, 5), Seg("B", 7, 12)];
        SpeakerSegment[] hypothesis = [Seg("x", 0, 4), Seg("y", 6, 10), Seg("x", 10, 12)];
        Is(Score(reference, hypothesis), 10, 1, 1, 2);
        Assert.Equal(0.4, Score(reference, hypothesis).Rate, 9);
    }

    [Fact]
    public void Overlapped_speech_counts_once_for_each_speaker()
    {
        SpeakerSegment[] reference = [Seg("A", 0, 6), Seg("B", 4, 10)];
        Is(Score(reference, [Seg("x", 0, 5), Seg("y", 5, 10)]), 12, 2, 0, 0);
        Is(Score(reference, [Seg("x", 0, 10), Seg("y", 0, 10)]), 12, 0, 8, 0);
    }

    [Fact]
    public void Skipping_overlap_leaves_out_where_two_reference_speakers_speak() =>
        Is(Score([Seg("A", 0, 6), Seg("B", 4, 10)], [Seg("x", 0, 5), Seg("y", 5, 9)], new ScoringOptions(SkipOverlap: true)), 8, 1, 0, 0);

    [Fact]
    public void A_collar_leaves_out_the_time_around_reference_boundaries()
    {
        SpeakerSegment[] reference = [Seg("A", 1, 5), Seg("B", 5, 9)];
        SpeakerSegment[] hypothesis = [Seg("x", 0.5, 5.3), Seg("y", 5.3, 9)];
        Is(Score(reference, hypothesis), 8, 0, 0.5, 0.3);
        Is(Score(reference, hypothesis, new ScoringOptions(Collar: 0.25)), 7, 0, 0.25, 0.05);
        Is(Score(reference, hypothesis, new ScoringOptions(Collar: 0.5)), 6, 0, 0, 0);
    }

    [Fact]
    public void Boundaries_inside_another_speakers_speech_have_a_collar_too() =>
        Is(Score([Seg("A", 0, 10), Seg("B", 4, 6)], [Seg("x", 0, 10)], new ScoringOptions(Collar: 0.5)), 3 + (2 * 1) + 3, 1, 0, 0);

    [Fact]
    public void Only_the_evaluated_regions_count_for_errors_and_for_the_mapping()
    {
        SpeakerSegment[] reference = [Seg("A", 0, 10), Seg("B", 20, 22)];
        SpeakerSegment[] hypothesis = [Seg("x", 0, 10), Seg("x", 20, 22)];
        Is(Score(reference, hypothesis), 12, 0, 0, 2);
        Is(Score(reference, hypothesis, uem: [new Interval(9, 9.5), new Interval(15, 30)]), 2.5, 0, 0, 0.5);
    }

    [Fact]
    public void Overlapping_segments_of_one_speaker_are_merged() =>
        Is(Score([Seg("A", 0, 5), Seg("A", 3, 8)], [Seg("x", 0, 8), Seg("x", 1, 2)]), 8, 0, 0, 0);

    [Fact]
    public void The_mapping_is_one_to_one_and_the_best_overall()
    {
        // Greedy would take A-x (5) and leave B-y (0); the best is A-y (4) and B-x (4).
        SpeakerSegment[] reference = [Seg("A", 0, 9), Seg("B", 10, 14)];
        SpeakerSegment[] hypothesis = [Seg("x", 0, 5), Seg("y", 5, 9), Seg("x", 10, 14)];
        Is(Score(reference, hypothesis), 13, 0, 0, 5);
    }

    [Fact]
    public void Recordings_are_pooled_by_time()
    {
        SpeakerSegment[] reference = [new("a", "A", 0, 10), new("b", "A", 0, 30)];
        SpeakerSegment[] hypothesis = [new("a", "x", 0, 5), new("b", "x", 0, 30), new("unreferenced", "x", 0, 30)];
        var scores = DiarizationErrorRate.Score(reference, hypothesis);
        Assert.Equal(["a", "b"], scores.Keys.Order());
        Assert.Equal(5.0 / 40, DiarizationErrorRate.Pool(scores.Values).Rate, 9);
    }

    [Fact]
    public void Nothing_recognised_is_all_missed() => Is(Score([Seg("A", 2, 5)], []), 3, 3, 0, 0);

    [Theory]
    [InlineData(0, false, 32.310, 13.706, 9.256, 5.523)]
    [InlineData(0, true, 15.609, 8.523, 8.432, 2.681)]
    [InlineData(0.25, false, 17.751, 9.259, 4.117, 2.276)]
    [InlineData(0.25, true, 10.260, 6.523, 3.888, 1.253)]
    public void Random_segments_score_as_with_md_eval_22(double collar, bool skipOverlap, double speech, double missed, double falseAlarm, double confusion) =>
        Is(DiarizationErrorRate.Score(Pinned.Reference, Pinned.Hypothesis, null, new ScoringOptions(collar, skipOverlap))["a"], speech, missed, falseAlarm, confusion);
}
