using Diarizer.Training.Configuration;
using Diarizer.Training.Losses;

namespace Diarizer.Training.Tests.Configuration;

public class ConfigurationFileTests
{
    [Theory]
    [InlineData("embedder.json")]
    [InlineData("vad.json")]
    public void ShippedConfigurationsAreValid(string name) =>
        Assert.Equal(Path.GetFileNameWithoutExtension(name), ConfigurationFile.Read(Path.Combine(Repository(), "training", name)).Name);

    [Theory]
    [InlineData("""{ "name": "a", "embeder": {} }""", "'embeder' is unknown; did you mean 'embedder'?")]
    [InlineData("""{ "name": "a", "embedder": { "sampling": { "speaker": 3 } } }""", "'embedder.sampling.speaker' is unknown; did you mean 'speakers'?")]
    [InlineData("""{ "name": "a", "embedder": { "losses": [ { "marginn": 3 } ] } }""", "'embedder.losses[0].marginn' is unknown; did you mean 'margin'?")]
    [InlineData("""{ "name": "a", "embedder": { "augmentation": { "noise": { "snr": [5] } } } }""", "embedder.augmentation.noise.snr is [5]; give [from, to] within -20 to 60")]
    [InlineData("""{ "name": "a", "embedder": { "augmentation": { "noise": { "snr": [20, 5] } } } }""", "snr is [20, 5]")]
    [InlineData("""{ "name": "a", "embedder": { "sampling": { "speeds": [1, 1.05] } } }""", "steps of 0.1")]
    [InlineData("""{ "name": "a", "embedder": {}, "optimiser": { "learningRate": 0 } }""", "optimiser.learningRate is 0; give above 0 to 1")]
    [InlineData("""{ "name": "a", "embedder": {}, "voiceActivity": {} }""", "exactly one of embedder and voiceActivity")]
    [InlineData("""{ "name": "a" }""", "exactly one of")]
    [InlineData("""{ "name": "../a", "embedder": {} }""", "a file name")]
    [InlineData("""{ "name": "a", "embedder": null }""", "'embedder' is null")]
    [InlineData("""{ "name": "a", "seed": "one", "embedder": {} }""", "$.seed")]
    [InlineData("""{ "name": "a", "embedder": { "losses": [ { "kind": "Triple" } ] } }""", "losses[0].kind")]
    [InlineData("""{ "name": """, "cannot be read")]
    [InlineData("[]", "cannot be read")]
    public void MistakesAreNamed(string json, string expected)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["c.json"], json);
        string message = Assert.Throws<UserErrorException>(() => ConfigurationFile.Read(folder["c.json"])).Message;
        Assert.Contains(expected, message);
        Assert.Contains("c.json", message);
        Assert.DoesNotContain("\n", message);
    }

    [Fact]
    public void ValuesAndDefaultsAreRead()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["c.json"], """{ /* a comment */ "name": "a", "embedder": { "losses": [ { "kind": "AmSoftmax", "margin": 0.3 } ], "network": { "channels": [8, 8, 16, 16] } }, }""");
        var run = ConfigurationFile.Read(folder["c.json"]);
        Assert.Equal((LossKind.AmSoftmax, 0.3, 30.0), (run.Embedder!.Losses[0].Kind, run.Embedder.Losses[0].Margin, run.Embedder.Losses[0].Scale));
        Assert.Equal([8, 8, 16, 16], run.Embedder.Network.Channels);
        Assert.Equal(0.5, run.Embedder.Sampling.SameCorpus);
    }

    public static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Diarizer.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests do not run inside the repository.");
    }
}
