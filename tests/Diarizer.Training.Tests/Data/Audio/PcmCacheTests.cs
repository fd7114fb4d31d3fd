using Diarizer.Audio.Files;
using Diarizer.Training.Data;
using Diarizer.Training.Data.Audio;

namespace Diarizer.Training.Tests.Data.Audio;

public class PcmCacheTests
{
    [Fact]
    public void ReadsWhatTheFileHolds()
    {
        using var folder = new TemporaryFolder();
        var samples = SyntheticData.Noise(20_000, 1);
        WavWriter.WriteMono(folder["a.wav"], samples);
        var file = new PcmCache(folder["cache"]).Open(folder["a.wav"]);
        Assert.Equal(20_000, file.Length);
        var read = new float[300];
        file.Read(-100, read);
        Assert.All(read[..100], x => Assert.Equal(0, x));
        for (int i = 0; i < 200; i++)
            Assert.Equal(samples[i], read[100 + i], 1e-4);
        file.Read(19_900, read);
        Assert.Equal(samples[19_999], read[99], 1e-4);
        Assert.All(read[100..], x => Assert.Equal(0, x));
    }

    [Fact]
    public void OtherRatesBecome16k()
    {
        using var folder = new TemporaryFolder();
        WavWriter.WriteMono(folder["a.wav"], SyntheticData.Noise(8_000, 1), 8_000);
        Assert.Equal(16_000, new PcmCache(folder["cache"]).Open(folder["a.wav"]).Length);
    }

    [Fact]
    public void DecodesOnceAndAgainWhenTheFileChanges()
    {
        using var folder = new TemporaryFolder();
        var cache = new PcmCache(folder["cache"]);
        WavWriter.WriteMono(folder["a.wav"], SyntheticData.Noise(1_000, 1));
        string first = cache.Open(folder["a.wav"]).Path;
        var written = File.GetLastWriteTimeUtc(first);
        Assert.Equal(first, cache.Open(folder["a.wav"]).Path);
        Assert.Equal(written, File.GetLastWriteTimeUtc(first));
        WavWriter.WriteMono(folder["a.wav"], SyntheticData.Noise(1_500, 1));
        Assert.Equal(1_500, cache.Open(folder["a.wav"]).Length);
    }

    [Fact]
    public void HalfWrittenFileIsNeverUsed()
    {
        using var folder = new TemporaryFolder();
        var cache = new PcmCache(folder["cache"]);
        WavWriter.WriteMono(folder["a.wav"], SyntheticData.Noise(1_000, 1));
        string path = cache.Open(folder["a.wav"]).Path;
        File.Delete(path);
        File.WriteAllBytes(path + ".999.part", new byte[10]);
        Assert.Equal(1_000, cache.Open(folder["a.wav"]).Length);
    }

    [Fact]
    public void BrokenFilesAreToldAndLeftOut()
    {
        using var folder = new TemporaryFolder();
        WavWriter.WriteMono(folder["a.wav"], SyntheticData.Noise(1_000, 1));
        File.WriteAllText(folder["b.wav"], "no audio");
        var problems = new List<string>();
        var built = new PcmCache(folder["cache"]).Build([folder["a.wav"], folder["b.wav"], folder["c.wav"]], (_, _, p) => problems.AddRange(p is null ? [] : [p]), TestContext.Current.CancellationToken);
        Assert.Equal([folder["a.wav"]], built.Keys);
        Assert.Equal(2, problems.Count);
        Assert.Empty(Directory.GetFiles(folder["cache"], "*.part"));
    }

    /// <summary>A disk that is full is not the audio's fault: nothing is left out in silence.</summary>
    [Fact]
    public void ACacheThatCannotBeWrittenIsAnError()
    {
        using var folder = new TemporaryFolder();
        WavWriter.WriteMono(folder["a.wav"], SyntheticData.Noise(1_000, 1));
        var cache = new PcmCache(folder["cache"]);
        Directory.Delete(folder["cache"]);
        File.WriteAllText(folder["cache"], "in the way");
        Assert.Contains("--cache", Assert.Throws<UserErrorException>(() => cache.Build([folder["a.wav"]], (_, _, _) => { }, TestContext.Current.CancellationToken)).Message);
        Assert.Contains("--cache", Assert.Throws<UserErrorException>(() => cache.Open(folder["a.wav"])).Message);
    }
}
