using Diarizer.Training.Configuration;

namespace Diarizer.Training.Tests.Configuration;

public class StagesTests
{
    [Fact]
    public void AStageChangesWhatItNames()
    {
        var stages = Read("""
            {
              "name": "a", // the same for all
              "embedder": { "losses": [ { "kind": "Softmax" } ], "sampling": { "speakers": 7, "cropsPerSpeaker": 3 }, "spectrogram": {} },
              "loop": { "steps": 10, "clipGradient": 1 },
              "stages": [
                {},
                { "embedder": { "losses": [ { "kind": "CosineTriplet" } ], "sampling": { "speakers": 9 }, "spectrogram": null }, "loop": { "steps": 20 } },
              ],
            }
            """);
        Assert.Equal([10, 20], stages.Select(stage => stage.Loop.Steps));
        Assert.All(stages, stage => Assert.Equal(("a", 1.0, 3), (stage.Name, stage.Loop.ClipGradient, stage.Embedder!.Sampling.CropsPerSpeaker)));
        Assert.Equal([7, 9], stages.Select(stage => stage.Embedder!.Sampling.Speakers));
        Assert.Equal(["Softmax", "CosineTriplet"], stages.Select(stage => stage.Embedder!.Losses[0].Kind.ToString()));
        Assert.Equal([true, false], stages.Select(stage => stage.Embedder!.Spectrogram is not null));
    }

    [Theory]
    [InlineData("""{ "name": "a", "embedder": {}, "stages": {} }""", "'stages' is to be a list of objects")]
    [InlineData("""{ "name": "a", "embedder": {}, "stages": [] }""", "'stages' is to be a list of objects")]
    [InlineData("""{ "name": "a", "embedder": {}, "stages": [ 1 ] }""", "'stages' is to be a list of objects")]
    [InlineData("""{ "name": "a", "embedder": {}, "stages": [ {}, { "loop": { "step": 5 } } ] }""", "stage 2: the key 'loop.step' is unknown; did you mean 'steps'?")]
    [InlineData("""{ "name": "a", "embedder": {}, "stages": [ {}, { "loop": { "steps": 0 } } ] }""", "stage 2: loop.steps is 0")]
    public void MistakesNameTheirStage(string json, string expected) => Assert.Contains(expected, Assert.Throws<UserErrorException>(() => Read(json)).Message, StringComparison.Ordinal);

    [Fact]
    public void AFileMayBeBasedOnAnother()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["common.json"], """{ "name": "common", "seed": 5, "embedder": { "sampling": { "speakers": 7, "cropsPerSpeaker": 3 } } }""");
        Directory.CreateDirectory(folder["systems"]);
        File.WriteAllText(folder["systems/a.json"], """{ "base": "../common.json", "name": "a", "embedder": { "sampling": { "speakers": 9 } } }""");
        var run = ConfigurationFile.Read(folder["systems/a.json"]);
        Assert.Equal(("a", 5L, 9, 3), (run.Name, run.Seed, run.Embedder!.Sampling.Speakers, run.Embedder.Sampling.CropsPerSpeaker));

        File.WriteAllText(folder["common.json"], """{ "base": "systems/a.json" }""");
        Assert.Contains("without end", Assert.Throws<UserErrorException>(() => ConfigurationFile.Read(folder["systems/a.json"])).Message, StringComparison.Ordinal);
        File.WriteAllText(folder["common.json"], """{ "base": 3 }""");
        Assert.Contains("name of a configuration", Assert.Throws<UserErrorException>(() => ConfigurationFile.Read(folder["common.json"])).Message, StringComparison.Ordinal);
        File.WriteAllText(folder["common.json"], """{ "base": "missing.json" }""");
        Assert.Contains("missing.json does not exist", Assert.Throws<UserErrorException>(() => ConfigurationFile.Read(folder["common.json"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WhereOneStageIsWantedSeveralAreRefused()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["c.json"], """{ "name": "a", "embedder": {}, "stages": [ {}, {} ] }""");
        Assert.Contains("several stages", Assert.Throws<UserErrorException>(() => ConfigurationFile.Read(folder["c.json"])).Message, StringComparison.Ordinal);
    }

    private static IReadOnlyList<RunOptions> Read(string json)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["c.json"], json);
        return ConfigurationFile.ReadStages(folder["c.json"]);
    }
}
