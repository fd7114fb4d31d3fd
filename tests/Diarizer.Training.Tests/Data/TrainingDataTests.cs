using Diarizer.Audio.Files;
using Diarizer.Training.Configuration;
using Diarizer.Training.Data;
using Diarizer.Training.Data.Audio;
using Diarizer.Training.Sampling;

namespace Diarizer.Training.Tests.Data;

public sealed class TrainingDataTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _said = [];

    public void Dispose() => _folder.Dispose();

    /// <summary>More than the limit is not decoded beforehand, and gives the same samples.</summary>
    [Fact]
    public void LargeDataIsDecodedAsItIsNeeded()
    {
        SyntheticData.Write(_folder, speakers: 4, utterances: 2);
        var first = Open(new() { DecodeFirstHours = 1 });
        Assert.Equal(5, Directory.GetFiles(_folder["cache"], "*.pcm").Length);
        Directory.Move(_folder["cache"], _folder["earlier"]);
        var later = Open(new() { DecodeFirstHours = 0 });
        // The noise is decoded in any case.
        Assert.Single(Directory.GetFiles(_folder["cache"], "*.pcm"));
        Assert.Contains(_said, line => line.Contains("are decoded as they are needed", StringComparison.Ordinal));
        float[][] streamed = [.. later.Training.Speakers.Select(s => Samples(later.Training, s.Utterances[1]))];
        Directory.Delete(_folder["cache"], recursive: true);
        Directory.Move(_folder["earlier"], _folder["cache"]);
        Assert.Equal([.. first.Training.Speakers.Select(s => Samples(first.Training, s.Utterances[1]))], streamed);
    }

    [Fact]
    public void WhatIsMissingOrTooShortIsCounted()
    {
        SyntheticData.Write(_folder, speakers: 4, utterances: 2);
        File.AppendAllText(_folder["speech.tsv"], "gone\ts0\teven\ttrain\t\tgone.wav\t0\t1\nempty\ts0\teven\ttrain\t\ts0.wav\t1\t0\npast\ts0\teven\ttrain\t\ts0.wav\t99\t1\n");
        foreach (double hours in new[] { 0.0, 1.0 })
        {
            _said.Clear();
            Open(new() { DecodeFirstHours = hours });
            Assert.Contains(_said, line => line.Contains("gone.wav does not exist", StringComparison.Ordinal));
            Assert.Contains(_said, line => line.StartsWith(hours == 0 ? "2 of 11 utterances are left out: the audio of 1 is missing or broken, 1 is shorter" : "3 of 11", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void NothingOrOneSpeakerIsAnError()
    {
        SyntheticData.Write(_folder, speakers: 1, utterances: 3);
        Assert.Contains("1 usable speaker(s); training needs at least two", Error(new()));
        Assert.Contains("no utterance of split 'dev'", Error(new() { Split = "dev" }));
        File.Delete(_folder["s0.wav"]);
        Assert.Contains("0 usable speaker(s) (3 of 3 utterances are left out: the audio of 3 is missing or broken)", Error(new()));
    }

    [Fact]
    public void PatienceNeedsSpeakersToValidate()
    {
        SyntheticData.Write(_folder, speakers: 4, utterances: 1);
        Assert.Contains("loop.patience needs validation", Error(new() { ValidationShare = 0.5 }, patience: 3));
    }

    /// <summary>Where every speaker has one utterance that is no longer than a crop, all crops of a speaker are alike and a metric loss learns nothing.</summary>
    [Fact]
    public void SpeakersNeedDifferentCropsForMetricLosses()
    {
        SyntheticData.Write(_folder, speakers: 4, utterances: 1, seconds: 1.5);
        var speakers = Open(new() { ValidationShare = 0 }).Training.Speakers;
        var sampling = new SamplingOptions { Speakers = 4, CropSeconds = [2, 2] };
        Assert.Contains("No training speaker has two utterances", Assert.Throws<UserErrorException>(() => new BatchPlanner(speakers, sampling, 1)).Message);
        Assert.Equal(12, new BatchPlanner(speakers, sampling with { CropSeconds = [1, 2] }, 1).ClassCount);
        Assert.Equal(12, new BatchPlanner(speakers, sampling with { CropsPerSpeaker = 1 }, 1).ClassCount);
    }

    [Fact]
    public void FoldersOfSpeakersTrain()
    {
        for (int s = 0; s < 3; s++)
        {
            for (int u = 0; u < 2; u++)
            {
                Directory.CreateDirectory(_folder[$"tree/s{s}/call{u}"]);
                WavWriter.WriteMono(_folder[$"tree/s{s}/call{u}/a.wav"], SyntheticData.Voice(s, u, 1));
            }
        }
        var data = Open(new() { Manifest = "tree", Noise = "", ValidationShare = 0 });
        Assert.Equal(["s0", "s1", "s2"], data.Training.Speakers.Select(s => s.Name));
        Assert.All(data.Training.Speakers, s => Assert.Equal(["call0", "call1"], s.Utterances.Select(u => u.Session)));
        Assert.Equal(16_000, Samples(data.Training, data.Training.Speakers[0].Utterances[0]).Length);
    }

    private static float[] Samples(SpeechLibrary library, Utterance utterance)
    {
        float[] samples = new float[utterance.Length];
        library.Read(utterance, 0, samples);
        return samples;
    }

    private string Error(DataOptions data, int patience = 0) => Assert.Throws<UserErrorException>(() => Open(data, patience)).Message;

    private TrainingData Open(DataOptions data, int patience = 0) => TrainingData.Open(
        new RunOptions { Name = "x", Data = data, Loop = new() { Patience = patience } }, _folder.Path, new PcmCache(_folder["cache"]), _said.Add, TestContext.Current.CancellationToken);
}
