using Diarizer.Training.Data;

namespace Diarizer.Training.Tests.Data;

public class ManifestTests
{
    private const string Header = "utterance\tspeaker\tcorpus\tsplit\tsession\tfile\tstart_s\tduration_s\n";

    [Fact]
    public void RowsAreReadAndFiltered()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["m.tsv"], Header + "a\ts1\tc\ttrain\t\tx/1.wav\t0.5\t1.25\n\nb\ts2\tc\ttest\tcall\tx/2.wav\t0\t2\n");
        var manifest = new Manifest(folder["m.tsv"]);
        Assert.Equal(folder.Path, manifest.Root);
        Assert.Equal(["a", "b"], manifest.Read().Select(u => u.Id));
        Assert.Equal(new Utterance("b", "s2", "c", "test", "call", "x/2.wav", 0, 32_000), Assert.Single(manifest.Read("test")));
        Assert.Equal((8_000, 20_000), (manifest.Read("train").Single().Start, manifest.Read("train").Single().Length));
    }

    [Theory]
    [InlineData("utterance\tspeaker\n", "no column 'corpus'")]
    [InlineData(Header + "a\ts1\n", "Line 2")]
    [InlineData(Header + "a\ts1\tc\ttrain\t\tx\tsoon\t1\n", "start_s is 'soon'")]
    [InlineData(Header + "a\ts1\tc\ttrain\t\tx\t0\t-1\n", "duration_s is '-1'")]
    [InlineData("", "no column")]
    public void DefectsAreNamed(string text, string expected)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["m.tsv"], text);
        Assert.Contains(expected, Assert.Throws<UserErrorException>(() => new Manifest(folder["m.tsv"]).Read().ToList()).Message);
    }

    [Fact]
    public void MissingManifestIsNamed() => Assert.Contains("does not exist", Assert.Throws<UserErrorException>(() => new Manifest("/nowhere/m.tsv")).Message);
}
