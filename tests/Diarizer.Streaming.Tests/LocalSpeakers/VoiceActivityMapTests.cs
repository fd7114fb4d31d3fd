using Diarizer.Streaming.LocalSpeakers;
using static Diarizer.Streaming.Tests.LocalSpeakers.Heard;

namespace Diarizer.Streaming.Tests.LocalSpeakers;

public class VoiceActivityMapTests
{
    private const float Near = 0.01f;

    [Fact]
    public void Local_speakers_become_the_voices_that_were_heard_where_they_talk_alone()
    {
        // Local 0 talks first, local 1 then; the embeddings call them 1 and 0.
        var window = Window(0, Row((100, 0.9f), (100, 0)), Row((100, 0), (100, 0.8f)));
        var map = VoiceActivityMap.Of([window], Embedded(0, 8), [1, 1, 1, 1, 0, 0, 0, 0]);
        Assert.Equal((0L, 200, 2), (map.FirstFrame, map.Frames, map.Voices));
        Check(map, 50, 0, 0.9f);
        Check(map, 150, 0.8f, 0);
    }

    [Fact]
    public void Two_local_speakers_never_share_a_voice()
    {
        // The embeddings heard voice 0 all along; a second voice is known from elsewhere.
        var window = Window(0, Row((150, 0.9f), (50, 0)), Row((150, 0), (50, 0.8f)));
        var heard = Embedded(0, 8);
        heard.AddRange(Embedded(1_000, 2));
        var map = VoiceActivityMap.Of([window], heard, [0, 0, 0, 0, 0, 0, 0, 0, 1, 1]);
        Check(map, 75, 0.9f, 0);
        Check(map, 175, 0, 0);
        Assert.Equal(0.8f, map.Talk(175), Near);
    }

    [Fact]
    public void The_lesser_claim_gives_way()
    {
        // Both were heard as voice 0 most, but local 1 has something of voice 1.
        var window = Window(0, Row((100, 0.9f), (100, 0)), Row((100, 0), (100, 0.9f)));
        var map = VoiceActivityMap.Of([window], Embedded(0, 8), [0, 0, 0, 0, 0, 0, 0, 1]);
        Check(map, 50, 0.9f, 0);
        Check(map, 150, 0, 0.9f);
    }

    [Fact]
    public void Common_stretches_say_nothing_of_who_is_who()
    {
        // While both talk the embeddings say voice 1; alone, local 0 was heard as voice 0.
        var window = Window(0, Row((50, 0.9f), (150, 0.9f)), Row((50, 0), (150, 0.9f)));
        var map = VoiceActivityMap.Of([window], Embedded(0, 8), [0, 1, 1, 1, 1, 1, 1, 1]);
        Assert.Equal(0.9f, map.Of(10)[0], Near);
        Assert.Equal(0, map.Of(150)[1], Near);
        Assert.Equal(1, map.Talk(150));
    }

    [Fact]
    public void Windows_are_averaged_whatever_their_order_of_speakers()
    {
        var one = Window(0, 0.6f, Row((100, 0.8f)), Row((100, 0)));
        var two = Window(50, 1, Row((100, 0)), Row((100, 0.4f)));
        var map = VoiceActivityMap.Of([one, two], Embedded(0, 5), [0, 0, 0, 0, 0]);
        Assert.Equal((150, 1), (map.Frames, map.Voices));
        float[] activity = [0.8f, 0.6f, 0.4f], speech = [0.6f, 0.8f, 1];
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(activity[i], map.Of(25 + (50 * i))[0], Near);
            Assert.Equal(activity[i], map.Talk(25 + (50 * i)), Near);
            Assert.Equal(speech[i], map.Speech(25 + (50 * i)), Near);
        }
    }

    [Fact]
    public void Frames_are_counted_from_the_start_of_the_session()
    {
        var map = VoiceActivityMap.Of([Window(1_000, Row((100, 0.9f)))], Embedded(0, 44), [.. Enumerable.Repeat(0, 40), 1, 1, 1, 1]);
        Assert.Equal((1_000L, 100, 2), (map.FirstFrame, map.Frames, map.Voices));
        Check(map, 50, 0, 0.9f);
    }

    [Fact]
    public void Without_embeddings_there_is_one_voice_and_nobody_is_it()
    {
        var map = VoiceActivityMap.Of([Window(0, Row((10, 0.9f)))], [], []);
        Assert.Equal(1, map.Voices);
        Assert.Equal(0, map.Of(5)[0]);
        Assert.Equal(0.9f, map.Talk(5), Near);
    }

    private static void Check(VoiceActivityMap map, int frame, params float[] expected)
    {
        for (int voice = 0; voice < expected.Length; voice++)
            Assert.Equal(expected[voice], map.Of(frame)[voice], Near);
    }
}
