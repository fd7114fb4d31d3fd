using System.Text.Json;
using Diarizer.Features;
using Diarizer.Networks.Models;
using Diarizer.Networks.Trunks;
using static Diarizer.Training.Tests.Commands.TrainerProcess;

namespace Diarizer.Training.Tests.Commands;

/// <summary>All tests that `evaluate` offers, on made-up speakers with two untrained models.</summary>
public sealed class EvaluateCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public EvaluateCommandTests()
    {
        SyntheticData.Write(_folder, speakers: 12, utterances: 4, seconds: 1.2);
        string[] rows = File.ReadAllLines(_folder["speech.tsv"]);
        string[] splits = ["test", "test", "test", "test", "development", "development", "development", "development", "train", "train", "train", "train"];
        File.WriteAllLines(_folder["speech.tsv"], rows.Select((row, i) => i == 0 ? row : row.Replace("\ttrain\t", $"\t{splits[(i - 1) / 4]}\t", StringComparison.Ordinal)));
        Model("a", 8);
        Model("b", 12);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ModelsAndCropsAreComparedAndFused()
    {
        var rows = Evaluate([], ["--model", "b.safetensors", "--crop", "0.6", "--crop", "1", "--fuse", "mean", "--weights", "2", "1", "--intervals", "--det", "det.svg", "--histogram", "h.svg"]);
        string[] models = ["a", "b", "fused"], corpora = ["even", "odd", "pooled"];
        Assert.Equal(from crop in new[] { 0.6, 1 } from model in models from corpus in corpora select (crop, model, corpus),
            rows.Select(r => (r.GetProperty("crop").GetDouble(), r.GetProperty("model").GetString()!, r.GetProperty("corpus").GetString()!)));
        Assert.All(rows, r =>
        {
            var interval = r.GetProperty("intervals").GetProperty("eer");
            Assert.InRange(r.GetProperty("eer").GetDouble(), interval.GetProperty("low").GetDouble(), interval.GetProperty("high").GetDouble());
        });
        Assert.Contains("fused, 0.6 s: EER", File.ReadAllText(_folder["det.svg"]));
        Assert.Contains("All corpora: b, 1 s", File.ReadAllText(_folder["h.svg"]));
    }

    [Fact]
    public void ATrialListIsNormalisedAndFusedByRegression()
    {
        File.WriteAllText(_folder["list.txt"], "1 s0-0 s0-1\n1 s1-0 s1-3\n0 s0-0 s1-0\n0 s2-1 s3-1\n");
        var rows = Evaluate([], ["--model", "b.safetensors", "--trials", "list.txt", "--as-norm", "3", "--fuse", "logistic", "--development-split", "development", "--pairs", "50"]);
        Assert.Equal(["a", "b", "fused"], rows.Select(r => r.GetProperty("model").GetString()));
        Assert.All(rows, r => Assert.Equal(("list", 6, 4, 2, 2), (r.GetProperty("corpus").GetString(), Count(r, "utterances"), Count(r, "speakers"), Count(r, "targets"), Count(r, "others"))));
        Assert.All(rows, r => Assert.False(r.TryGetProperty("crop", out _) || r.TryGetProperty("intervals", out _)));
    }

    [Fact]
    public void RetrievalHasItsMeasures()
    {
        var rows = Evaluate(["retrieval"], ["--negatives", "4", "--trials", "10", "--crop", "0.6", "--crops", "3"]);
        Assert.Equal(["even", "odd", "pooled"], rows.Select(r => r.GetProperty("corpus").GetString()));
        Assert.All(rows, r => Assert.Equal(4, Count(r, "negatives")));
        Assert.Equal(20, Count(rows[2], "trials"));
        Assert.All(rows, r => Assert.All(new[] { "eer", "fMeasure", "accuracy", "top1" }, name => Assert.InRange(r.GetProperty(name).GetDouble(), 0, 1)));
    }

    [Fact]
    public void ClustersHaveBothRates()
    {
        var rows = Evaluate(["clusters"], ["--linkage", "Complete", "--parts", "1", "1", "--speakers", "2", "--draws", "2"]);
        Assert.Equal(["even", "odd", "pooled"], rows.Select(r => r.GetProperty("corpus").GetString()));
        Assert.All(rows, r => Assert.True(r.GetProperty("rate").GetDouble() <= r.GetProperty("rateAtSpeakers").GetDouble() && r.GetProperty("wholeRate").GetDouble() >= r.GetProperty("rate").GetDouble()));
        Assert.Contains("whole MR %", Run(_folder, Arguments(["clusters"], ["--single", "--most", "2"], json: false)).Output);
    }

    [Fact]
    public void MistakesSayWhatToDo()
    {
        Mistake([], ["--crops", "10"], "--crop 4");
        Mistake([], ["--as-norm", "5"], "only 4 speakers");
        Mistake([], ["--fuse", "mean"], "--model");
        Mistake([], ["--model", "b.safetensors", "--fuse", "mean", "--weights", "1"], "each of the 2 models");
        Mistake([], ["--model", "b.safetensors", "--fuse", "logistic"], "--development");
        Mistake([], ["--model", "b.safetensors", "--fuse", "logistic", "--development-split", "test"], "fitted on others");
        Mistake(["retrieval"], [], "--negatives");
        Mistake(["retrieval"], ["--model", "b.safetensors", "--fuse", "logistic"], "give mean.");
        Mistake(["clusters"], ["--single", "--parts", "1", "1"], "exclude");

        void Mistake(string[] test, string[] arguments, string hint)
        {
            var (code, _, error) = Run(_folder, Arguments(test, arguments, json: true));
            Assert.Equal(2, code);
            Assert.Single(error.Trim().Split('\n'));
            Assert.Contains(hint, error);
        }
    }

    private static int Count(JsonElement row, string name) => row.GetProperty(name).GetInt32();

    private static string[] Arguments(string[] test, string[] arguments, bool json) =>
        ["evaluate", .. test, "--manifest", "speech.tsv", "--split", "test", "--model", "a.safetensors", .. arguments, .. json ? ["--json"] : Array.Empty<string>()];

    private JsonElement[] Evaluate(string[] test, string[] arguments)
    {
        var (code, output, error) = Run(_folder, Arguments(test, arguments, json: true));
        Assert.True(code == 0, error);
        return [.. JsonDocument.Parse(output).RootElement.EnumerateArray()];
    }

    private void Model(string name, int size)
    {
        var options = new FastResNet34Options { Channels = [8, 8, 8, 8], Blocks = [1, 1, 1, 1], OutputSize = size };
        var card = new ModelCard { Name = name, Kind = ModelKind.SpeakerEmbedding, Network = FastResNet34.NetworkName, FrontEnd = new LogMelOptions { PreEmphasis = 0 }, MinimumSamples = 4_000 };
        using var network = new FastResNet34(options);
        ModelFile.Save(_folder[$"{name}.safetensors"], card.WithNetworkOptions(options), network);
    }
}
