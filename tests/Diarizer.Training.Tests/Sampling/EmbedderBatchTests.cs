using Diarizer.Features;
using Diarizer.Training.Augmentation;
using Diarizer.Training.Data;
using Diarizer.Training.Data.Audio;
using Diarizer.Training.Sampling;
using Diarizer.Training.Speakers;

namespace Diarizer.Training.Tests.Sampling;

public class EmbedderBatchTests
{
    private static readonly AugmentationOptions None = new()
    {
        Room = new() { Probability = 0 },
        Babble = new() { Probability = 0 },
        Noise = new() { Probability = 0 },
        Tilt = new() { Probability = 0 },
        Telephone = new() { Probability = 0 },
        Degradation = new() { Probability = 0 },
        Gain = new() { Probability = 0 },
    };

    /// <summary>Each sequence must look like its target's speaker: the nearest mean spectrum among all speakers is that speaker's.</summary>
    [Fact]
    public void SequencesBelongToTheirTargets()
    {
        using var folder = new TemporaryFolder();
        SyntheticData.Write(folder);
        var (maker, library, planner) = Maker(folder, new SamplingOptions { Speakers = 6, Speeds = [1], CropSeconds = [0.8, 1.2], SameCorpus = 0 }, None);
        var logMel = new LogMel();
        float[][] models = [.. library.Speakers.Select((_, s) => Mean(Frames(logMel, SyntheticData.Voice(int.Parse(library.Speakers[s].Name[1..]), 0, 1.5)), 40))];
        for (int step = 0; step < 5; step++)
        {
            using var batch = maker.Make(step);
            for (int i = 0; i < batch.Sequences; i++)
            {
                float[] mean = Mean(batch.Sequence(i).ToArray(), 40);
                int nearest = Enumerable.Range(0, models.Length).MinBy(s => models[s].Zip(mean, (a, b) => (a - b) * (a - b)).Sum());
                Assert.Equal(batch.Targets[i / 2], nearest);
            }
        }
        Assert.Equal(8, planner.ClassCount);
    }

    [Fact]
    public void BatchesRepeatExactlyWhateverCameBefore()
    {
        using var folder = new TemporaryFolder();
        SyntheticData.Write(folder);
        var options = new SamplingOptions { Speakers = 4, CropSeconds = [0.5, 1.5] };
        var one = Maker(folder, options, new AugmentationOptions()).Maker;
        var two = Maker(folder, options, new AugmentationOptions()).Maker;
        for (int step = 0; step < 6; step++)
            one.Make(step).Dispose();
        using var first = one.Make(7);
        using var second = two.Make(7);
        Assert.Equal(first.Frames, second.Frames);
        Assert.Equal(first.Targets, second.Targets);
        for (int i = 0; i < first.Sequences; i++)
            Assert.Equal(first.Sequence(i).ToArray(), second.Sequence(i).ToArray());
    }

    [Fact]
    public void SequencesOfEarlierBatchesAreMadeAgain()
    {
        using var folder = new TemporaryFolder();
        SyntheticData.Write(folder);
        var options = new SamplingOptions { Speakers = 4, CropsPerSpeaker = 3, CropSeconds = [0.8, 0.8] };
        var maker = Maker(folder, options, new AugmentationOptions()).Maker;
        using var third = maker.Make(3);
        using var ninth = maker.Make(9);
        using var again = maker.Remake([new(9, 7, ninth.Targets[2]), new(3, 0, third.Targets[0]), new(9, 11, ninth.Targets[3])]);
        Assert.Equal([ninth.Targets[2], third.Targets[0], ninth.Targets[3]], again.Targets);
        Assert.Equal(ninth.Sequence(7).ToArray(), again.Sequence(0).ToArray());
        Assert.Equal(third.Sequence(0).ToArray(), again.Sequence(1).ToArray());
        Assert.Equal(ninth.Sequence(11).ToArray(), again.Sequence(2).ToArray());
    }

    [Fact]
    public void OneCropPerSpeakerIsEnoughForClassification()
    {
        using var folder = new TemporaryFolder();
        SyntheticData.Write(folder);
        var (maker, _, planner) = Maker(folder, new SamplingOptions { Speakers = 5, CropsPerSpeaker = 1, CropSeconds = [0.5, 0.5] }, None);
        using var batch = maker.Make(0);
        Assert.Equal((5, 5), (batch.Sequences, batch.Targets.Length));
        Assert.All(batch.Targets, target => Assert.Equal(target, planner.ClassOf(planner.VoiceOf(target))));
    }

    private static (EmbedderBatchMaker Maker, SpeechLibrary Library, BatchPlanner Planner) Maker(TemporaryFolder folder, SamplingOptions options, AugmentationOptions augmentation)
    {
        var library = SyntheticData.Library(folder);
        var noises = NoiseLibrary.Open(folder["noise.tsv"], new PcmCache(folder["cache"]));
        var planner = new BatchPlanner(library.Speakers, options, 5);
        var chain = new AugmentationChain(augmentation, library, noises, Room.Load(noises, augmentation.Room));
        return (new EmbedderBatchMaker(options, planner, library, chain, new LogMel(), 5), library, planner);
    }

    private static float[] Frames(LogMel logMel, float[] samples)
    {
        var frames = new float[logMel.FrameCount(samples.Length) * logMel.Bins];
        logMel.Compute(samples, frames);
        return frames;
    }

    /// <summary>Mean of the frames with sound, minus its own mean.</summary>
    private static float[] Mean(float[] frames, int bins)
    {
        var loud = frames.Chunk(bins).Where(f => f.Max() > -8).ToList();
        float[] mean = [.. Enumerable.Range(0, bins).Select(k => loud.Average(f => f[k]))];
        float level = mean.Average();
        return [.. mean.Select(v => v - level)];
    }
}
