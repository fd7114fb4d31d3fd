using Diarizer.Streaming.LocalSpeakers;
using static Diarizer.Streaming.Tests.LocalSpeakers.Heard;

namespace Diarizer.Streaming.Tests.LocalSpeakers;

/// <summary>Two voices over four seconds; voice 0 is heard alone in the first, voice 1 in the last.</summary>
public class ActivityDecoderTests
{
    private const int Frames = 200;

    private static readonly SegmentationOptions Options = new()
    {
        VoiceActivityShare = 0.5,
        SpeechThreshold = 0.5,
        WindowShare = 0,
        OverlapCount = 1,
        OverlapThreshold = 0.6,
        FilledPause = 0.1,
        ShortestSpeech = 0.1,
        FilledOverlap = 0.1,
        ShortestOverlap = 0.1,
        FilledTurn = 0.1,
        ShortestTurn = 0.2,
    };

    [Fact]
    public void Where_two_talk_there_are_two_segments()
    {
        Assert.Equal([(0, 0, 150), (1, 100, 200)], Decode(Row((150, 0.9f), (50, 0)), Row((100, 0), (100, 0.9f))));
    }

    [Fact]
    public void A_second_voice_needs_to_be_probable()
    {
        Assert.Equal([(0, 0, 150), (1, 150, 200)], Decode(Row((150, 0.9f), (50, 0)), Row((100, 0), (50, 0.55f), (50, 0.9f))));
        Assert.Equal([(0, 0, 150), (1, 100, 200)], Decode(Row((150, 0.9f), (50, 0)), Row((100, 0), (50, 0.65f), (50, 0.9f))));
    }

    [Fact]
    public void A_second_voice_needs_enough_people()
    {
        var patient = Options with { OverlapCount = 1.7 };
        Assert.Equal([(0, 0, 150), (1, 100, 200)], Decode(Row((150, 0.9f), (50, 0)), Row((100, 0), (100, 0.9f)), patient));
        Assert.Equal([(0, 0, 150), (1, 150, 200)], Decode(Row((150, 0.9f), (50, 0)), Row((100, 0), (50, 0.65f), (50, 0.9f)), patient));
    }

    [Fact]
    public void Where_the_network_takes_two_voices_for_one_the_embeddings_tell_them_apart()
    {
        var window = Window(0, Row((Frames, 0.9f)));
        var map = VoiceActivityMap.Of([window], Embedded(0, 7), [0, 0, 0, 0, 1, 1, 1]);
        Assert.Equal([0], Segments(new ActivityDecoder(Options, Frame).Decode(map)).Select(s => s.Voice));
        var told = Segments(new ActivityDecoder(Options with { WindowShare = 0.7 }, Frame).Decode(map));
        Assert.Equal([0, 1], told.Select(s => s.Voice));
        Assert.InRange(told[1].From, 100, 130);
    }

    [Theory]
    [InlineData(0.9f, 0.2f, true)]
    [InlineData(0.7f, 0.2f, false)]
    [InlineData(0.2f, 0.9f, true)]
    [InlineData(0.0f, 0.9f, false)]
    public void Both_networks_say_whether_anybody_talks(float speech, float talk, bool heard)
    {
        var segments = new ActivityDecoder(Options, Frame).Decode(VoiceActivityMap.Of([Window(0, speech, Row((Frames, talk)))], Embedded(0, 6), [0, 0, 0, 0, 0, 0]));
        Assert.Equal(Enumerable.Repeat(new VoiceSegment(0, 0, Frames * Frame), heard ? 1 : 0), segments);
    }

    [Fact]
    public void Short_pauses_are_filled_and_long_ones_are_not()
    {
        // 4 frames are 0.08 s, 6 are 0.12 s.
        Assert.Equal([(0, 0, 150), (1, 150, 200)], Decode(Row((50, 0.9f), (4, 0), (96, 0.9f), (50, 0)), Row((150, 0), (50, 0.9f))));
        Assert.Equal([(0, 0, 50), (0, 56, 150), (1, 150, 200)], Decode(Row((50, 0.9f), (6, 0), (94, 0.9f), (50, 0)), Row((150, 0), (50, 0.9f))));
    }

    [Fact]
    public void What_is_too_short_for_a_turn_is_dropped()
    {
        Assert.Equal([(0, 0, 100), (1, 150, 200)], Decode(Row((100, 0.9f), (20, 0), (9, 0.9f), (71, 0)), Row((150, 0), (50, 0.9f))));
        Assert.Equal([(0, 0, 100), (0, 120, 130), (1, 150, 200)], Decode(Row((100, 0.9f), (20, 0), (10, 0.9f), (70, 0)), Row((150, 0), (50, 0.9f))));
    }

    [Fact]
    public void Speech_of_nobody_known_is_the_last_ones()
    {
        // The third local speaker has no voice.
        var window = Window(0, Row((80, 0.9f), (120, 0)), Row((150, 0), (50, 0.9f)), Row((80, 0), (70, 0.9f), (50, 0)));
        var map = VoiceActivityMap.Of([window], Embedded(0, 7), [0, 0, 0, 0, 0, 1, 1]);
        Assert.Equal([(0, 0, 150), (1, 150, 200)], Segments(new ActivityDecoder(Options, Frame).Decode(map)));
    }

    [Fact]
    public void Segments_lie_on_the_sessions_clock()
    {
        var map = VoiceActivityMap.Of([Window(5_000, Row((Frames, 0.9f)))], Embedded(5_000, 6), [0, 0, 0, 0, 0, 0]);
        Assert.Equal([new VoiceSegment(0, 5_000 * Frame, 5_200 * Frame)], new ActivityDecoder(Options, Frame).Decode(map));
    }

    /// <summary>Voices with frames from and to.</summary>
    private static List<(int Voice, int From, int To)> Decode(float[] first, float[] second, SegmentationOptions? options = null)
    {
        // The voice activity network knows no better than the other.
        float[] talk = [.. first.Zip(second, Math.Max)];
        var window = Window(0, first, second) with { Speech = [.. talk.Select(LocalActivity.Quantise)] };
        return Segments(new ActivityDecoder(options ?? Options, Frame).Decode(VoiceActivityMap.Of([window], Embedded(0, 7), [0, 0, 0, 0, 1, 1, 1])));
    }

    private static List<(int Voice, int From, int To)> Segments(List<VoiceSegment> segments) => [.. segments.Select(s => (s.Voice, (int)(s.Start / Frame), (int)(s.End / Frame)))];
}
