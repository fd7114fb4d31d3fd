using Diarizer.Audio.Files;
using Diarizer.Training.Data;
using Diarizer.Training.Data.Sources;

namespace Diarizer.Training.Tests.Data.Sources;

public class FolderTreeTests
{
    private readonly List<string> _said = [];

    /// <summary>VoxCeleb's, LibriSpeech's and flat trees differ in their depth alone.</summary>
    [Fact]
    public void TheFirstFolderIsTheSpeakerAndWhatFollowsTheSession()
    {
        using var folder = new TemporaryFolder();
        Write(folder, "vox/id10001/1zcIwhmdeo4/00002.wav", 1_600);
        Write(folder, "vox/id10001/1zcIwhmdeo4/00001.wav", 800);
        Write(folder, "vox/id10001/J9lHsKG98U8/00001.wav", 1_600);
        Write(folder, "vox/id10002/00001.WAV", 1_600);
        Write(folder, "vox/id10003/a/b/1.wav", 1_600);
        Write(folder, "vox/stray.wav", 1_600);
        File.WriteAllText(folder["vox/id10001/notes.txt"], "no audio");
        var utterances = Read(folder, "vox");
        Assert.Equal(
            ["id10001/1zcIwhmdeo4/00001.wav", "id10001/1zcIwhmdeo4/00002.wav", "id10001/J9lHsKG98U8/00001.wav", "id10002/00001.WAV", "id10003/a/b/1.wav"],
            utterances.Select(u => u.Id));
        Assert.Equal(["id10001", "id10001", "id10001", "id10002", "id10003"], utterances.Select(u => u.Speaker));
        Assert.Equal(["1zcIwhmdeo4", "1zcIwhmdeo4", "J9lHsKG98U8", "", "a/b"], utterances.Select(u => u.Session));
        Assert.All(utterances, u => Assert.Equal(("vox", "train"), (u.Corpus, u.Split)));
        Assert.Equal((0, 800), (utterances[0].Start, utterances[0].Length));
        Assert.All(utterances, u => Assert.True(File.Exists(u.FullPath)));
    }

    [Fact]
    public void LengthsAreThoseAt16k()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["t/s"]);
        WavWriter.WriteMono(folder["t/s/a.wav"], SyntheticData.Noise(8_000, 1), 8_000);
        Assert.Equal(16_000, Assert.Single(Read(folder, "t")).Length);
    }

    [Fact]
    public void BrokenFilesAreLeftOutAndCounted()
    {
        using var folder = new TemporaryFolder();
        Write(folder, "t/s/a.wav", 1_600);
        File.WriteAllText(folder["t/s/b.wav"], "no audio");
        File.WriteAllText(folder["t/s/c.wav"], "");
        Assert.Equal("s/a.wav", Assert.Single(Read(folder, "t")).Id);
        Assert.Contains($"2 of 3 audio files in {folder["t"]} cannot be read and are left out", _said);
        Assert.Equal(3, _said.Count);
    }

    [Fact]
    public void AFolderWithoutSpeakersIsAnError()
    {
        using var folder = new TemporaryFolder();
        Write(folder, "t/a.wav", 1_600);
        Assert.Contains("holds no audio files in folders of speakers", Assert.Throws<UserErrorException>(() => Read(folder, "t")).Message);
    }

    private List<Utterance> Read(TemporaryFolder folder, string name) =>
        [.. new FolderTree(folder[name], name, "", new AudioLengths(folder.Path, _said.Add, TestContext.Current.CancellationToken), _said.Add).Read("train")];

    private static void Write(TemporaryFolder folder, string name, int samples)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder[name])!);
        WavWriter.WriteMono(folder[name], SyntheticData.Noise(samples, 1));
    }
}
