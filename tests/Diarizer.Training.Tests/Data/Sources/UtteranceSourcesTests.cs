using Diarizer.Audio.Files;
using Diarizer.Training.Configuration;
using Diarizer.Training.Data.Audio;
using Diarizer.Training.Data.Sources;

namespace Diarizer.Training.Tests.Data.Sources;

public sealed class UtteranceSourcesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public UtteranceSourcesTests()
    {
        foreach (string name in new[] { "tree/7/a.wav", "tree/8/b.wav", "kaldi/a.wav" })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_folder[name])!);
            WavWriter.WriteMono(_folder[name], SyntheticData.Noise(1_600, 1));
        }
        File.WriteAllText(_folder["kaldi/wav.scp"], "k a.wav\n");
        File.WriteAllText(_folder["kaldi/utt2spk"], "k 7\n");
        File.WriteAllText(_folder["list.tsv"], "utterance\tspeaker\tcorpus\tsplit\tsession\tfile\tstart_s\tduration_s\nm\t7\tlisted\tdev\t\ttree/7/a.wav\t0\t0.1\n");
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("tree", nameof(SourceKind.Auto), "7/a.wav 8/b.wav")]
    [InlineData("kaldi", nameof(SourceKind.Auto), "k")]
    [InlineData("list.tsv", nameof(SourceKind.Auto), "m")]
    [InlineData("tree", nameof(SourceKind.Folders), "7/a.wav 8/b.wav")]
    [InlineData("kaldi", nameof(SourceKind.Kaldi), "k")]
    [InlineData("list.tsv", nameof(SourceKind.Manifest), "m")]
    public void ThePathSaysWhatItIs(string path, string kind, string ids) =>
        Assert.Equal(ids, string.Join(' ', Read(new() { Manifest = path, Kind = Enum.Parse<SourceKind>(kind), Split = "dev" }).Select(u => u.Id)));

    [Fact]
    public void WithoutAPathTheRootIsMeantUnlessItHoldsAManifest()
    {
        Assert.Equal(2, Read(new(), "tree").Count);
        Assert.Equal("k", Assert.Single(Read(new(), "kaldi")).Id);
        File.Move(_folder["list.tsv"], _folder["tree/speech.tsv"]);
        Assert.Equal("m", Assert.Single(Read(new() { Split = "dev" }, "tree")).Id);
        Assert.Equal(2, Read(new() { Kind = SourceKind.Folders }, "tree").Count);
    }

    /// <summary>Two folders may both have a speaker 7: they are two people, unless the corpora have one name.</summary>
    [Fact]
    public void SpeakersOfSeveralSourcesStayApart()
    {
        var data = new DataOptions { Split = "dev", Sources = [new() { Path = "tree" }, new() { Path = "kaldi", Corpus = "calls" }, new() { Path = "list.tsv" }] };
        Assert.Equal(["tree/7", "tree/8", "calls/7", "7"], Read(data).Select(u => u.Speaker));
        Assert.Equal(["tree", "tree", "calls", "listed"], Read(data).Select(u => u.Corpus));
    }

    [Theory]
    [InlineData("gone", nameof(SourceKind.Auto), "", "The manifest")]
    [InlineData("gone", nameof(SourceKind.Folders), "", "does not exist; give a folder of speakers' folders")]
    [InlineData("list.tsv", nameof(SourceKind.Kaldi), "", "does not exist; give a Kaldi data directory")]
    [InlineData("tree", nameof(SourceKind.Kaldi), "", "has no utt2spk")]
    [InlineData("list.tsv", nameof(SourceKind.Auto), "x", "leave the option corpus out")]
    public void WhatIsNotThereIsNamed(string path, string kind, string corpus, string expected) =>
        Assert.Contains(expected, Assert.Throws<UserErrorException>(() => Read(new() { Sources = [new() { Path = path, Kind = Enum.Parse<SourceKind>(kind), Corpus = corpus }] })).Message);

    private List<Diarizer.Training.Data.Utterance> Read(DataOptions options, string root = "") =>
        new UtteranceSources(new PcmCache(_folder["cache"]), _ => { }, TestContext.Current.CancellationToken).Read(options, _folder[root]);
}
