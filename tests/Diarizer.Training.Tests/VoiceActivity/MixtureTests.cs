using Diarizer.Training.Augmentation;
using Diarizer.Training.Data;
using Diarizer.Training.Data.Audio;
using Diarizer.Training.VoiceActivity;

namespace Diarizer.Training.Tests.VoiceActivity;

public class MixtureTests
{
    [Fact]
    public void SpeechFramesAreWhereTheVoiceIs()
    {
        // Voice from 0.2 s to 1.3 s.
        var marks = Mark(SyntheticData.Voice(2, 0, 1.5));
        Assert.InRange(Array.IndexOf(marks, true), 18, 21);
        Assert.InRange(Array.LastIndexOf(marks, true), 128, 131);
        Assert.DoesNotContain(false, marks[21..128]);
    }

    [Fact]
    public void NoisyRecordingDoesNotCountAsAllSpeech()
    {
        var samples = SyntheticData.Voice(2, 0, 2);
        for (int i = 0; i < samples.Length; i++)
            samples[i] += 0.003f * (float)Math.Sin(i * i * 0.01);
        var marks = Mark(samples);
        Assert.InRange(marks.Count(m => m), 150, 175);
    }

    [Fact]
    public void ShortGapsAreFilledLongOnesKeptAndClicksDropped()
    {
        var samples = SyntheticData.Tone(400, 48_000);
        samples.AsSpan(8_000, 3_200).Clear();
        samples.AsSpan(20_000, 28_000).Clear();
        SyntheticData.Tone(400, 300).CopyTo(samples, 40_000);
        var marks = Mark(samples);
        Assert.DoesNotContain(false, marks[..124]);
        Assert.DoesNotContain(true, marks[128..]);
    }

    [Fact]
    public void PausesAreFilledAsFarAsAsked()
    {
        var samples = SyntheticData.Tone(400, 32_000);
        samples.AsSpan(12_000, 5_600).Clear();
        var marks = new bool[200];
        new SpeechFrames(0.25).Mark(samples, marks);
        Assert.DoesNotContain(true, marks[78..106]);
        new SpeechFrames(0.4).Mark(samples, marks);
        Assert.DoesNotContain(false, marks);
    }

    [Fact]
    public void SilenceHasNoSpeech() => Assert.DoesNotContain(true, Mark(new float[16_000]));

    [Fact]
    public void CleanMixturesAreLoudWhereTheyAreLabelled()
    {
        using var folder = new TemporaryFolder();
        SyntheticData.Write(folder);
        var options = new MixtureOptions
        {
            Seconds = 6,
            Nobody = 0,
            Room = new() { Probability = 0 },
            Noise = new() { Probability = 0 },
            Babble = new() { Probability = 0 },
            Telephone = new() { Probability = 0 },
            Gain = new() { Probability = 0 },
            LevelSpread = 0,
        };
        var maker = new MixtureMaker(options, SyntheticData.Library(folder), null, []);
        for (int i = 0; i < 10; i++)
        {
            var (samples, labels) = Make(maker, i);
            for (int t = 3; t < labels.Length - 3; t++)
            {
                double decibels = 10 * Math.Log10(Level.Power(samples.AsSpan(t * 160, 160)) + 1e-12);
                if (labels[(t - 3)..(t + 4)].Distinct().Count() == 1)
                    Assert.True(labels[t] ? decibels > -50 : decibels < -50, $"frame {t} of mixture {i}: {decibels} dB, speech {labels[t]}");
            }
        }
    }

    [Fact]
    public void NobodyMeansNoLabel()
    {
        using var folder = new TemporaryFolder();
        SyntheticData.Write(folder);
        var noises = NoiseLibrary.Open(folder["noise.tsv"], new PcmCache(folder["cache"]));
        var maker = new MixtureMaker(new MixtureOptions { Seconds = 6, Nobody = 1 }, SyntheticData.Library(folder), noises, []);
        for (int i = 0; i < 5; i++)
            Assert.DoesNotContain(true, Make(maker, i).Labels);
    }

    [Fact]
    public void FullMixturesAreFiniteBoundedAndRepeatable()
    {
        using var folder = new TemporaryFolder();
        SyntheticData.Write(folder);
        var noises = NoiseLibrary.Open(folder["noise.tsv"], new PcmCache(folder["cache"]));
        var options = new MixtureOptions { Seconds = 6 };
        var rooms = Room.Load(noises, options.Room);
        var library = SyntheticData.Library(folder);
        var one = new MixtureMaker(options, library, noises, rooms);
        var two = new MixtureMaker(options, library, noises, rooms);
        int speech = 0;
        for (int i = 0; i < 12; i++)
        {
            var (samples, labels) = Make(one, i);
            Assert.All(samples, x => Assert.InRange(x, -1.01f, 1.01f));
            speech += labels.Count(l => l);
            if (i % 4 == 3)
                Assert.Equal(samples, Make(two, i).Samples);
        }
        Assert.InRange(speech / (12.0 * 600), 0.15, 0.85);
    }

    private static (float[] Samples, bool[] Labels) Make(MixtureMaker maker, int index)
    {
        float[] samples = new float[96_000];
        bool[] labels = new bool[600];
        var random = new SeededRandom(3, 0, index);
        maker.Make(samples, labels, ref random);
        return (samples, labels);
    }

    private static bool[] Mark(float[] samples)
    {
        var marks = new bool[samples.Length / 160];
        new SpeechFrames(0.25).Mark(samples, marks);
        return marks;
    }
}
