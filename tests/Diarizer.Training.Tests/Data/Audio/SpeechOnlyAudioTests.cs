using Diarizer.Features;
using Diarizer.Training.Data;
using Diarizer.Training.Data.Audio;

namespace Diarizer.Training.Tests.Data.Audio;

public class SpeechOnlyAudioTests
{
    private const int Second = 16_000;

    [Fact]
    public void AnUtteranceIsItsSpeechAlone()
    {
        // A second of silence, one of a tone, one of silence, half a one of a tone, half a one of silence.
        var samples = new float[4 * Second];
        for (int i = 0; i < samples.Length; i++)
            samples[i] = i / Second % 2 == 1 && i < 3.5 * Second ? 0.2f * MathF.Sin(0.1f * i) : 0;
        var whole = new Utterance("u", "s", "c", "train", "", "file.wav", 100, samples.Length);
        var (utterances, audio) = SpeechOnlyAudio.Of([whole, whole with { Id = "v", Start = 0 }], new Fixed(samples), new SilenceOptions { Padding = 0 });

        Assert.Equal(["u", "v"], utterances.Select(u => u.Id));
        var speech = utterances[1];
        Assert.Equal(1.5 * Second, speech.Length, 200.0);
        Assert.Equal(speech.Length, audio.Available(speech.FullPath));
        var read = new float[speech.Length + 50];
        new SpeechLibrary([], audio).Read(speech, 0, read);
        Assert.Equal(samples[Second..(2 * Second)], read[..Second]);
        Assert.Equal(samples[(3 * Second)..(3 * Second + 7_000)], read[Second..(Second + 7_000)]);
        Assert.Equal(read[..50], read[speech.Length..]);

        // Any stretch equals the same stretch of the whole.
        foreach (int start in new[] { 0, 1, 15_000, Second - 1, Second, Second + 3 })
        {
            var part = new float[2_000];
            audio.Read(speech.FullPath, start, part);
            Assert.Equal(read[start..(start + 2_000)], part);
        }
        audio.Read(speech.FullPath, speech.Length - 10, read.AsSpan(0, 20));
        Assert.All(read[10..20], x => Assert.Equal(0, x));
    }

    private sealed class Fixed(float[] samples) : IAudioStore
    {
        public long? Available(string file) => samples.Length;

        public void Read(string file, long start, Span<float> target)
        {
            target.Clear();
            for (int i = 0; i < target.Length && start + i < samples.Length; i++)
                target[i] = samples[start + i];
        }
    }
}
