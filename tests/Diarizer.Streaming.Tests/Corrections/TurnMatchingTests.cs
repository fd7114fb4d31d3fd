using Diarizer.Streaming.Corrections;
using Diarizer.Streaming.Events;
using Diarizer.Streaming.LocalSpeakers;
using Diarizer.Streaming.Turns;

namespace Diarizer.Streaming.Tests.Corrections;

public class TurnMatchingTests
{
    private const long Shortest = 10;

    [Fact]
    public void A_segment_takes_the_turn_with_which_it_shares_most()
    {
        var matching = Match([new(0, 0, 100), new(1, 100, 300)], Turn(1, 0, 120), Turn(2, 120, 300));
        Assert.Equal([(0, 1), (1, 2)], Told(matching));
        Assert.Empty(matching.Withdrawn);
    }

    [Fact]
    public void A_turn_goes_to_one_segment_and_the_other_is_one_of_its_own()
    {
        var matching = Match([new(0, 0, 300), new(1, 100, 160)], Turn(7, 0, 300));
        Assert.Equal([(0, 7), (1, 0)], Told(matching));
    }

    [Fact]
    public void The_larger_share_wins_wherever_it_stands()
    {
        // The first segment shares 60 with each turn, the second 100 with the second turn.
        var matching = Match([new(0, 40, 160), new(1, 100, 200)], Turn(1, 40, 100), Turn(2, 100, 200));
        Assert.Equal([(0, 1), (1, 2)], Told(matching));
        matching = Match([new(0, 0, 90), new(1, 0, 100)], Turn(1, 0, 100));
        Assert.Equal([(0, 0), (1, 1)], Told(matching));
    }

    [Fact]
    public void Turns_that_no_segment_took_are_withdrawn()
    {
        var matching = Match([new(0, 0, 100)], Turn(1, 0, 50), Turn(2, 50, 90), Turn(3, 200, 250));
        Assert.Equal([(0, 1)], Told(matching));
        Assert.Equal([2, 3], matching.Withdrawn.Select(t => t.Last.TurnId));
    }

    [Fact]
    public void What_was_withdrawn_already_is_passed_over()
    {
        var matching = Match([new(0, 0, 100)], Turn(1, 20, 20));
        Assert.Equal([(0, 0)], Told(matching));
        Assert.Empty(matching.Withdrawn);
    }

    [Fact]
    public void Certain_turns_stay_and_segments_keep_what_lies_beside_them()
    {
        var matching = Match([new(0, 0, 100), new(1, 40, 60)], Turn(1, 30, 70, certain: true), Turn(2, 0, 30));
        Assert.Equal([new VoiceSegment(0, 0, 30), new VoiceSegment(0, 70, 100)], matching.Told.Select(t => t.Segment));
        Assert.Equal([(0, 2), (0, 0)], Told(matching));
        Assert.Empty(matching.Withdrawn);
    }

    [Fact]
    public void Slivers_beside_certain_turns_are_nothing()
    {
        Assert.Empty(Match([new(0, 0, 100)], Turn(1, 5, 95, certain: true)).Told);
        Assert.Equal([(0, 0)], Told(Match([new(0, 0, 100)], Turn(1, 10, 95, certain: true))));
        // One that is short by itself is somebody's word.
        Assert.Equal([(0, 0)], Told(Match([new(0, 0, 5)], Turn(1, 10, 95, certain: true))));
    }

    private static TurnMatching Match(IReadOnlyList<VoiceSegment> segments, params EndedTurn[] turns) => TurnMatching.Of(segments, turns, Shortest);

    private static List<(int Voice, int Turn)> Told(TurnMatching matching) => [.. matching.Told.Select(t => (t.Segment.Voice, t.Turn?.Last.TurnId ?? 0))];

    private static EndedTurn Turn(int id, long start, long end, bool certain = false) =>
        new(new TurnChanged(end, TurnEventKind.Ended, id, 1, new SpeakerLabel(1, 1, true), start, end, TurnEndReason.Silence), null, end - start, 1) { IsCertain = certain };
}
