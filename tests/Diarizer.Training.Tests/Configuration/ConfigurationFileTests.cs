using Diarizer.Training.Configuration;
using Diarizer.Training.Losses;

namespace Diarizer.Training.Tests.Configuration;

public class ConfigurationFileTests
{
    /// <summary>Every shipped configuration is valid, and named as its file: two runs never share a folder by accident.</summary>
    [Fact]
    public void SystemsAreValid()
    {
        string[] files = [.. Directory.GetFiles(Path.Combine(Repository(), "training", "systems"), "*.json").Where(file => Path.GetFileName(file) != "common.json")];
        Assert.True(files.Length > 15, $"only {files.Length}");
        Assert.All(files, file => Assert.All(ConfigurationFile.ReadStages(file), stage => Assert.Equal(Path.GetFileNameWithoutExtension(file), stage.Name)));
    }

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
    [InlineData("""{ "name": "a", "embedder": {}, "voiceActivity": {} }""", "exactly one of embedder, voiceActivity and segmentation")]
    [InlineData("""{ "name": "a" }""", "exactly one of")]
    [InlineData("""{ "name": "../a", "embedder": {} }""", "a file name")]
    [InlineData("""{ "name": "a", "embedder": null }""", "'embedder' is null")]
    [InlineData("""{ "name": "a", "seed": "one", "embedder": {} }""", "$.seed")]
    [InlineData("""{ "name": "a", "embedder": { "losses": [ { "kind": "Triple" } ] } }""", "losses[0].kind")]
    [InlineData("""{ "name": "a", "embedder": { "losses": [ { "kind": "Ge2e", "mining": [ {} ] } ] } }""", "losses[0].mining is given; give it to a triplet loss only")]
    [InlineData("""{ "name": "a", "embedder": { "losses": [ { "kind": "Triplet", "mining": [ { "fromStep": 5 }, { "share": 2 } ] } ] } }""", "losses[0].mining[1].share is 2; give from 0 to 1")]
    [InlineData("""{ "name": "a", "embedder": { "losses": [ { "kind": "Triplet", "mining": [ { "fromStep": 5 }, { "fromStep": 5 } ] } ] } }""", "mining is not in order")]
    [InlineData("""{ "name": "a", "embedder": { "losses": [ { "kind": "AamSoftmax", "margin": 0.2, "marginStart": 0.3 } ] } }""", "losses[0].marginStart is 0.3; give from 0 to 0.2")]
    [InlineData("""{ "name": "a", "embedder": { "losses": [ { "kind": "PairwiseDivergence", "divergenceMargin": 0 } ] } }""", "divergenceMargin is 0; give above 0 to 100")]
    [InlineData("""{ "name": "a", "embedder": { "sampling": { "cropsPerSpeaker": 1 } } }""", "sampling.cropsPerSpeaker is 1; give 2 or more for losses that compare crops of a speaker")]
    [InlineData("""{ "name": "a", "embedder": { "losses": [ { "kind": "Softmax" } ], "sampling": { "cropsPerSpeaker": 1 } } }""", "2 or more, or whiteningBatches 0")]
    [InlineData("""{ "name": "a", "embedder": { "selectBatch": {} } }""", "selectBatch is given; give one loss with it, of kind Triplet or CosineTriplet")]
    [InlineData("""{ "name": "a", "embedder": { "selectBatch": {}, "losses": [ { "kind": "CosineTriplet" } ] } }""", "sampling.cropSeconds of one length")]
    [InlineData("""{ "name": "a", "embedder": { "selectBatch": { "tables": 0 } } }""", "selectBatch.tables is 0; give from 1 to 1000")]
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
        File.WriteAllText(folder["c.json"], """{ /* a comment */ "name": "a", "embedder": { "losses": [ { "kind": "AmSoftmax", "margin": 0.3 } ], "network": { "options": { "outputSize": 16 } } }, }""");
        var run = ConfigurationFile.Read(folder["c.json"]);
        Assert.Equal((LossKind.AmSoftmax, 0.3, 30.0), (run.Embedder!.Losses[0].Kind, run.Embedder.Losses[0].Margin, run.Embedder.Losses[0].Scale));
        Assert.Equal(("fast-resnet-34", 16), (run.Embedder.Network.Kind, run.Embedder.Network.Options!.Value.GetProperty("outputSize").GetInt32()));
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
