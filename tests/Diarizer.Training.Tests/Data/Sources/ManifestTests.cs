using Diarizer.Training.Data;
using Diarizer.Training.Data.Sources;

namespace Diarizer.Training.Tests.Data.Sources;

public class ManifestTests
{
    private const string Header = "utterance\tspeaker\tcorpus\tsplit\tsession\tfile\tstart_s\tduration_s\n";

    [Fact]
    public void RowsAreReadAndFiltered()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["m.tsv"], Header + "a\ts1\tc\ttrain\t\tx/1.wav\t0.5\t1.25\n\nb\ts2\tc\ttest\tcall\tx/2.wav\t0\t2\n");
        var manifest = new Manifest(folder["m.tsv"]);
        Assert.Equal(["a", "b"], manifest.Read().Select(u => u.Id));
        Assert.Equal(new Utterance("b", "s2", "c", "test", "call", "x/2.wav", 0, 32_000) { Root = folder.Path }, Assert.Single(manifest.Read("test")));
        Assert.Equal((8_000, 20_000), (manifest.Read("train").Single().Start, manifest.Read("train").Single().Length));
        Assert.Equal(folder["x/1.wav"], manifest.Read("train").Single().FullPath);
    }

    [Fact]
    public void ColumnsMayStandInAnyOrderAmongOthers()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["m.tsv"], "file\tage\tduration_s\tstart_s\tsession\tsplit\tcorpus\tspeaker\tutterance\r\n/abs/1.wav\t40\t1\t0\tq\ttrain\tc\ts1\ta\r\n");
        var utterance = Assert.Single(new Manifest(folder["m.tsv"]).Read("train"));
        Assert.Equal(("a", "s1", "c", "q", "/abs/1.wav", 16_000), (utterance.Id, utterance.Speaker, utterance.Corpus, utterance.Session, utterance.FullPath, utterance.Length));
    }

    /// <summary>Of a million rows, only what differs takes memory.</summary>
    [Fact]
    public void EqualNamesShareOneString()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["m.tsv"], Header + "a\ts1\tc\ttrain\tq\t1.wav\t0\t1\nb\ts1\tc\ttrain\tq\t1.wav\t1\t1\n");
        var rows = new Manifest(folder["m.tsv"]).Read().ToList();
        Assert.Same(rows[0].Speaker, rows[1].Speaker);
        Assert.Same(rows[0].Corpus, rows[1].Corpus);
        Assert.Same(rows[0].Split, rows[1].Split);
        Assert.Same(rows[0].Session, rows[1].Session);
        Assert.Same(rows[0].File, rows[1].File);
        Assert.Same(rows[0].Root, rows[1].Root);
    }

    [Theory]
    [InlineData("utterance\tspeaker\n", "no column 'corpus'")]
    [InlineData(Header + "a\ts1\n", "Line 2")]
    [InlineData(Header + "a\ts1\tc\ttrain\t\tx\tsoon\t1\n", "start_s is 'soon'")]
    [InlineData(Header + "a\ts1\tc\ttrain\t\tx\t0\t-1\n", "duration_s is '-1'")]
    [InlineData(Header + "a\t\tc\ttrain\t\tx\t0\t1\n", "Line 2 of", "speaker is empty")]
    [InlineData(Header + "a\ts1\tc\ttrain\t\tx\t0\t1\n\na\ts2\tc\ttrain\t\ty\t0\t1\n", "Line 4 of", "the utterance 'a' again")]
    [InlineData("", "no column")]
    public void DefectsAreNamed(string text, params string[] expected)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["m.tsv"], text);
        string message = Assert.Throws<UserErrorException>(() => new Manifest(folder["m.tsv"]).Read().ToList()).Message;
        Assert.All(expected, part => Assert.Contains(part, message));
    }

    [Fact]
    public void MissingManifestIsNamed() => Assert.Contains("does not exist", Assert.Throws<UserErrorException>(() => new Manifest("/nowhere/m.tsv")).Message);
}
