using Diarizer.Audio.Files;
using Diarizer.Training.Data.Sources;

namespace Diarizer.Training.Tests.Data.Sources;

public class AudioLengthsTests
{
    /// <summary>The header is not read again: content that changes behind an unchanged size and time goes unnoticed, a changed time does not.</summary>
    [Fact]
    public void HeadersAreReadOnceAndAgainWhenTheFileChanges()
    {
        using var folder = new TemporaryFolder();
        WavWriter.WriteMono(folder["a.wav"], SyntheticData.Noise(1_600, 1));
        var file = Find(folder["a.wav"]);
        Assert.Equal([1_600], Lengths(folder, file));
        File.WriteAllBytes(folder["a.wav"], new byte[file.Size]);
        File.SetLastWriteTimeUtc(folder["a.wav"], new DateTime(file.Changed, DateTimeKind.Utc));
        Assert.Equal(file, Find(folder["a.wav"]));
        Assert.Equal([1_600], Lengths(folder, file));
        File.SetLastWriteTimeUtc(folder["a.wav"], new DateTime(file.Changed, DateTimeKind.Utc).AddSeconds(1));
        Assert.Equal([AudioLengths.Unreadable], Lengths(folder, Find(folder["a.wav"])));
    }

    [Fact]
    public void WhatCannotBeReadIsTriedAgain()
    {
        using var folder = new TemporaryFolder();
        WavWriter.WriteMono(folder["a.wav"], SyntheticData.Noise(1_600, 1));
        var file = Find(folder["a.wav"]);
        byte[] content = File.ReadAllBytes(folder["a.wav"]);
        File.WriteAllBytes(folder["a.wav"], new byte[content.Length]);
        Assert.Equal([AudioLengths.Unreadable], Lengths(folder, file));
        File.WriteAllBytes(folder["a.wav"], content);
        Assert.Equal([1_600], Lengths(folder, file));
    }

    [Fact]
    public void AnInterruptedStartKeepsWhatItKnows()
    {
        using var folder = new TemporaryFolder();
        FoundFile[] files = [.. Enumerable.Range(0, 200).Select(i =>
        {
            WavWriter.WriteMono(folder[$"{i}.wav"], SyntheticData.Noise(1_600, 1));
            return Find(folder[$"{i}.wav"]);
        })];
        using var stop = new CancellationTokenSource();
        string broken = folder["broken.wav"];
        File.WriteAllText(broken, "no audio");
        // The broken file comes first; being told of it stops the reading.
        Assert.ThrowsAny<OperationCanceledException>(() => new AudioLengths(folder.Path, _ => stop.Cancel(), stop.Token).Of("x", [Find(broken), .. files]));
        Assert.True(File.Exists(Assert.Single(Directory.GetFiles(folder.Path, "lengths-*.tsv"))));
        Assert.All(Lengths(folder, files), length => Assert.Equal(1_600, length));
    }

    private static int[] Lengths(TemporaryFolder folder, params FoundFile[] files) =>
        new AudioLengths(folder.Path, _ => { }, TestContext.Current.CancellationToken).Of("x", files);

    private static FoundFile Find(string path)
    {
        var file = new FileInfo(path);
        return new FoundFile(path, file.Length, file.LastWriteTimeUtc.Ticks);
    }
}
