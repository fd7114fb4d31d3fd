using Diarizer.Streaming.Enrolment;
using Diarizer.Streaming.Speakers;

namespace Diarizer.Streaming.Tests.Enrolment;

public class VoiceMaterialTests
{
    private static readonly SpeakerOptions Speakers = new();

    /// <summary>Windows of 1.5 s, one after another; each embeds its voice (an axis) and some noise of its own.</summary>
    private static EnrolmentRecording Recording(params int[] voices)
    {
        var random = new Random(7);
        return EnrolmentRecording.Of([.. voices.Select((voice, i) => new EnrolmentWindow(24_000 * i, 24_000 * (i + 1), 24_000, 1, Embedding(voice, random)))], Speakers);
    }

    private static float[] Embedding(int voice, Random random)
    {
        var embedding = new float[32];
        for (var i = 0; i < embedding.Length; i++)
            embedding[i] = 0.1f * (float)(random.NextDouble() - 0.5);
        embedding[voice] += 0.8f;
        var norm = MathF.Sqrt(embedding.Sum(v => v * v));
        return [.. embedding.Select(v => v / norm)];
    }

    private static string RefusalOf(params (string, EnrolmentRecording)[] recordings) =>
        Assert.Throws<UserErrorException>(() => VoiceMaterial.Of(recordings, new EnrolmentOptions())).Message;

    [Fact]
    public void One_voice_with_enough_speech_is_taken()
    {
        var material = VoiceMaterial.Of([("a", Recording(1, 1, 1, 1)), ("b", Recording(1, 1, 1))], new EnrolmentOptions());
        Assert.Equal(10.5, material.Speech, 1e-9);
        Assert.Equal([0, 0, 0, 0, 1, 1, 1], material.Samples.Select(s => s.Recording));
    }

    [Fact]
    public void Too_little_speech_is_refused_and_told_how_much_is_missing()
    {
        var message = RefusalOf(("a", Recording(1, 1, 1)));
        Assert.Contains("4.5 s", message, StringComparison.Ordinal);
        Assert.Contains("8 s", message, StringComparison.Ordinal);
        Assert.Contains("4 s more", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_voice_is_refused_with_its_times_or_left_out()
    {
        var recording = Recording(1, 1, 1, 1, 2, 2, 1, 1, 1);
        Assert.Contains("0:06.0 to 0:09.0", RefusalOf(("talk.wav", recording)), StringComparison.Ordinal);
        var material = VoiceMaterial.Of([("talk.wav", recording)], new EnrolmentOptions(), mainVoice: true);
        Assert.Equal(10.5, material.Speech, 1e-9);
        Assert.All(material.Samples, s => Assert.True(s.Embedding[1] > 0.9f));
    }

    [Fact]
    public void A_recording_of_somebody_else_is_refused() => Assert.Contains(
        "b.wav seems to be of somebody else", RefusalOf(("a.wav", Recording(1, 1, 1, 1, 1)), ("b.wav", Recording(2, 2, 2, 2, 2))), StringComparison.Ordinal);

    [Fact]
    public void Windows_that_overlap_count_once()
    {
        var embedding = Embedding(1, new Random(1));
        var windows = Enumerable.Range(0, 10).Select(i => new EnrolmentWindow(8000 * i, 8000 * i + 24_000, 24_000, 1, embedding));
        var recording = EnrolmentRecording.Of([.. windows], Speakers);
        Assert.Equal(5, recording.Windows.Count);
        Assert.Equal(5.5, recording.Speech, 1e-9);
    }

    [Fact]
    public void All_recordings_keep_their_best_samples()
    {
        VoiceSample Of(int recording, double quality) => new([1f], quality, recording);
        var kept = VoiceMaterial.Bounded([Of(0, 1), Of(0, 3), Of(0, 2), Of(1, 0.5), Of(1, 0.4)], 3);
        Assert.Equal([(0, 3.0), (0, 2.0), (1, 0.5)], kept.Select(s => (s.Recording, s.Quality)));
    }
}
