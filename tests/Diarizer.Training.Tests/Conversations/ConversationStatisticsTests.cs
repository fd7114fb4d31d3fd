using Diarizer.Streaming.Scoring;
using Diarizer.Training.Conversations;

namespace Diarizer.Training.Tests.Conversations;

public class ConversationStatisticsTests
{
    [Fact]
    public void CountsWhatIsThere()
    {
        // 20 s: A 0-4, B 3-6 (1 s with A), A 8-8.5, A 10-14 with B 11-12 inside; and 10 s of C alone, 2-3.
        SpeakerSegment[] first = [Segment("A", 0, 4), Segment("B", 3, 6), Segment("A", 8, 8.5), Segment("A", 10, 14), Segment("B", 11, 12)];
        var statistics = ConversationStatistics.Of("x", [(first, 20.0), ([Segment("C", 2, 3)], 10.0)]);
        Assert.Equal(("x", 2, 30.0, 1.5), (statistics.Name, statistics.Recordings, statistics.Seconds, statistics.Speakers));
        double talk = 6 + 0.5 + 4 + 1;
        Assert.Equal(1 - talk / 30, statistics.Silence, 9);
        Assert.Equal((1 + 1) / talk, statistics.Overlap, 9);
        Assert.Equal(6 / 0.5, statistics.TurnsPerMinute, 9);
        Assert.Equal((4 + 3 + 0.5 + 4 + 1 + 1) / 6, statistics.TurnMean, 9);
        Assert.Equal(3, statistics.TurnMedian, 9);
        Assert.Equal(1 / 6.0, statistics.ShortTurns, 9);
        // Pauses 2 s and 1.5 s: the upper of two.
        Assert.Equal(2, statistics.PauseMedian, 9);
        // A to B, B to A, A to B.
        Assert.Equal(3 / 0.5, statistics.Changes, 9);
    }

    [Fact]
    public void SegmentsMayComeInAnyOrder()
    {
        SpeakerSegment[] segments = [Segment("A", 0, 4), Segment("B", 3, 6), Segment("A", 8, 9)];
        Assert.Equal(ConversationStatistics.Of("x", [(segments, 10.0)]), ConversationStatistics.Of("x", [([.. segments.Reverse()], 10.0)]));
    }

    [Fact]
    public void SilenceHasStatistics()
    {
        var statistics = ConversationStatistics.Of("x", [([], 10.0)]);
        Assert.Equal((1.0, 0.0, 0.0, 0.0, 0.0), (statistics.Silence, statistics.Overlap, statistics.TurnMean, statistics.TurnMedian, statistics.PauseMedian));
        Assert.Equal((0, 0.0), (ConversationStatistics.Of("x", []).Recordings, ConversationStatistics.Of("x", []).Speakers));
    }

    private static SpeakerSegment Segment(string speaker, double start, double end) => new("r", speaker, start, end);
}
