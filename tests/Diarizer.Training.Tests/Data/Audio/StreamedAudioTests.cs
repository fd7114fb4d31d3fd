using Diarizer.Audio.Files;
using Diarizer.Training.Data.Audio;

namespace Diarizer.Training.Tests.Data.Audio;

public class StreamedAudioTests
{
    private readonly List<string> _said = [];

    [Theory]
    [InlineData(-100)]
    [InlineData(0)]
    [InlineData(7_777)]
    [InlineData(19_900)]
    [InlineData(30_000)]
    public void GivesTheSamplesOfTheCache(long start)
    {
        using var folder = new TemporaryFolder();
        WavWriter.WriteMono(folder["a.wav"], SyntheticData.Noise(20_000, 1));
        float[] cached = new float[300], streamed = new float[300];
        new PcmCache(folder["cache"]).Open(folder["a.wav"]).Read(start, cached);
        Open(folder["a.wav"]).Read(folder["a.wav"], start, streamed);
        Assert.Equal(cached, streamed);
    }

    [Fact]
    public void MissingFilesAreToldAtTheStart()
    {
        using var folder = new TemporaryFolder();
        WavWriter.WriteMono(folder["a.wav"], SyntheticData.Noise(1_000, 1));
        var audio = Open(folder["a.wav"], folder["b.wav"], folder["b.wav"]);
        Assert.NotNull(audio.Available(folder["a.wav"]));
        Assert.Null(audio.Available(folder["b.wav"]));
        Assert.Contains("b.wav does not exist", Assert.Single(_said));
    }

    /// <summary>One damaged file of a million does not end a run.</summary>
    [Fact]
    public void WhatCannotBeReadIsSilenceAndTold()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["a.wav"], "no audio");
        WavWriter.WriteMono(folder["b.wav"], SyntheticData.Noise(16_000, 1));
        var audio = Open(folder["a.wav"], folder["b.wav"]);
        float[] samples = [.. Enumerable.Repeat(1f, 8_000)];
        audio.Read(folder["a.wav"], 0, samples);
        Assert.All(samples, x => Assert.Equal(0, x));
        audio.Read(folder["b.wav"], 12_000, samples);
        Assert.All(samples[4_000..], x => Assert.Equal(0, x));
        Assert.Equal(2, _said.Count);
        Assert.Contains("b.wav ends at 1.00 s", _said[1]);
        for (int i = 0; i < 20; i++)
            audio.Read(folder["a.wav"], 0, samples);
        Assert.Equal(6, _said.Count);
    }

    private StreamedAudio Open(params string[] files) => new(files, _said.Add);
}
