using Diarizer.Streaming.Corrections;
using Diarizer.Streaming.Embeddings;
using Diarizer.Streaming.LocalSpeakers;
using Diarizer.Streaming.Turns;

namespace Diarizer.Streaming.Tests.Corrections;

public class TurnPiecesTests
{
    [Fact]
    public void A_turn_of_one_voice_stays_whole() => Assert.Equal([new VoiceSegment(4, 0, 60_000)], Cut([4, 4, 4, 4, 4, 4]));

    [Fact]
    public void A_change_lies_between_the_centres_of_two_windows() =>
        Assert.Equal([new VoiceSegment(1, 0, 30_000), new VoiceSegment(2, 30_000, 60_000)], Cut([1, 1, 1, 2, 2, 2]));

    [Fact]
    public void What_is_too_short_goes_to_the_longer_neighbour() =>
        Assert.Equal([new VoiceSegment(1, 0, 20_000), new VoiceSegment(3, 20_000, 60_000)], Cut([1, 1, 2, 3, 3, 3], shortest: 15_000));

    [Fact]
    public void The_same_voice_on_both_sides_closes_up() => Assert.Equal([new VoiceSegment(1, 0, 60_000)], Cut([1, 1, 2, 1, 1, 1], shortest: 15_000));

    [Fact]
    public void Nothing_is_left_over_when_all_is_short() => Assert.Equal((0, 60_000), Cut([1, 2, 1, 2, 1, 2], shortest: 100_000) is [var only] ? (only.Start, only.End) : default);

    private static List<VoiceSegment> Cut(int[] voices, long shortest = 0) => TurnPieces.Cut(0, 60_000, [.. voices.Select((_, i) => At(5_000 + (10_000 * i)))], voices, shortest);

    private static Observation At(long centre) => new(new Window(centre - 8_000, centre + 8_000, 16_000, 1), [1]);
}
