using Diarizer.Streaming.Events;
using Diarizer.Streaming.Scoring;
using Diarizer.Streaming.Turns;

namespace Diarizer.Streaming.Tests.Turns;

public class TurnTimelineTests
{
    private static TurnChanged Turn(int id, int revision, int speaker, long start, long end) =>
        new(end, TurnEventKind.Updated, id, revision, new SpeakerLabel(speaker, 0.5f, true), start, end, null);

    [Fact]
    public void Keeps_the_highest_revision_of_each_turn_whatever_the_order()
    {
        var timeline = new TurnTimeline();
        foreach (var turn in new[] { Turn(2, 0, 0, 32_000, 40_000), Turn(1, 0, 0, 0, 1000), Turn(1, 2, 7, 0, 16_000), Turn(1, 1, 3, 0, 8000), Turn(3, 0, 1, 50_000, 50_000) })
            timeline.Add(turn);
        timeline.Add(new SpeechStarted(5, 0));
        Assert.Equal([new SpeakerSegment("r", "S7", 0, 1), new("r", TurnTimeline.UnknownSpeaker, 2, 2.5)], timeline.ToSegments("r"));
    }

    [Fact]
    public void Short_pauses_of_one_speaker_do_not_cut_a_segment_and_others_do()
    {
        var timeline = new TurnTimeline();
        foreach (var turn in new[] { Turn(1, 0, 1, 0, 16_000), Turn(2, 0, 1, 24_000, 32_000), Turn(3, 0, 2, 33_000, 40_000), Turn(4, 0, 1, 40_000, 48_000), Turn(5, 0, 1, 56_160, 64_000) })
            timeline.Add(turn);
        var segments = timeline.ToSegments("r");
        Assert.Equal(["S1", "S2", "S1", "S1"], segments.Select(s => s.Speaker));
        Assert.Equal((0, 2), (segments[0].Start, segments[0].End));
        Assert.Equal(5, timeline.ToSegments("r", longestPause: 0).Count);
    }
}
