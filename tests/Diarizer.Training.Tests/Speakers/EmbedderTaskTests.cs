using Diarizer.Training.Configuration;
using Diarizer.Training.Data;
using Diarizer.Training.Data.Audio;
using Diarizer.Training.Loops;
using Diarizer.Training.Speakers;
using TorchSharp;

namespace Diarizer.Training.Tests.Speakers;

public class EmbedderTaskTests
{
    private const string SelectBatch = """
        "losses": [ { "kind": "CosineTriplet", "margin": 0.1 } ],
        "selectBatch": { "anchors": 3, "perAnchor": 2, "tables": 3, "randomUntil": 2 }
        """;

    /// <summary>Every loss trains: its value stays finite and the network moves.</summary>
    [Theory]
    [InlineData("""[ { "kind": "AamSoftmax", "margin": 0.3, "marginStart": 0.1, "marginFrom": 2 } ]""")]
    [InlineData("""[ { "kind": "Softmax" }, { "kind": "Ge2e" } ]""")]
    [InlineData("""[ { "kind": "Prototypical" } ]""")]
    [InlineData("""[ { "kind": "Triplet", "mining": [ { "fromStep": 1, "negatives": "SemiHard" }, { "fromStep": 2, "negatives": "Hard", "share": 0.5, "rank": 1 } ] } ]""")]
    [InlineData("""[ { "kind": "PairwiseDivergence", "divergenceOutputs": 8, "divergencePairs": 20 } ]""")]
    public void LossesTrain(string losses)
    {
        using var folder = new TemporaryFolder();
        var run = Options(folder, $"\"losses\": {losses}", steps: 4);
        using var task = Task(folder, run);
        float[] before = Weights(task);
        Assert.True(Train(run, task, folder["run"]).Finished);
        Assert.Equal(5, File.ReadAllLines(folder["run/log.csv"]).Length);
        Assert.NotEqual(before, Weights(task));
    }

    [Fact]
    public void SelectedTripletsTrainAndContinueBitByBit()
    {
        using var folder = new TemporaryFolder();
        var run = Options(folder, SelectBatch, steps: 8);
        using var whole = Task(folder, run);
        Train(run, whole, folder["whole"]);
        using (var first = Task(folder, run))
            Train(run with { Loop = run.Loop with { Steps = 5 } }, first, folder["cut"]);
        using var second = Task(folder, run);
        Train(run, second, folder["cut"]);
        Assert.Equal(Weights(whole), Weights(second));
        Assert.Equal(File.ReadAllLines(folder["whole/log.csv"]), File.ReadAllLines(folder["cut/log.csv"]));
        Assert.True(new FileInfo(folder["cut/checkpoints/step-00000008/head.safetensors"]).Length > 3 * 8 * 16 * sizeof(float));
    }

    /// <summary>Softmax pre-training, then a metric loss: the second run starts from the averaged network of the first, its head anew.</summary>
    [Fact]
    public void FineTuningTakesTheNetworkOfAnotherRun()
    {
        using var folder = new TemporaryFolder();
        var softmax = Options(folder, """ "losses": [ { "kind": "Softmax" } ] """, steps: 3);
        using var first = Task(folder, softmax);
        Train(softmax, first, folder["softmax"]);

        var metric = Options(folder, """ "losses": [ { "kind": "AngularPrototypical" } ] """, steps: 1) with { Initialise = folder["softmax"], Seed = 9, Optimiser = new() { LearningRate = 1e-12 } };
        using var second = Task(folder, metric);
        Assert.NotEqual(Weights(first, average: true), Weights(second));
        Train(metric, second, folder["metric"]);
        Assert.Equal(Parameters(first.Average), Parameters(second.Network), Near);
    }

    /// <summary>Every network of the registry trains with its own front end.</summary>
    [Theory]
    [InlineData(""" "frontEnd": { "melBins": 40 }, "network": { "kind": "vgg-m-40", "options": { "outputSize": 16 } } """, "[0.7, 0.7]")]
    [InlineData(""" "spectrogram": { "dftSize": 512, "windowLength": 400 }, "network": { "kind": "thin-resnet-34", "options": { "channels": [8, 8, 8, 8], "blocks": [1, 1, 1, 1], "outputSize": 16 } } """, "[0.5, 0.5]")]
    [InlineData(""" "frontEnd": { "melBins": 64 }, "whiteningBatches": 0, "network": { "kind": "deep-speaker-rescnn", "options": { "channels": [8, 8, 8, 8], "outputSize": 16 } } """, "[0.5, 0.5]")]
    [InlineData(""" "frontEnd": { "melBins": 64 }, "whiteningBatches": 0, "network": { "kind": "deep-speaker-gru", "options": { "channels": 8, "hiddenSize": 16, "outputSize": 16 } } """, "[0.5, 0.5]")]
    [InlineData(""" "spectrogram": { "dftSize": 320, "windowLength": 320 }, "whiteningBatches": 0, "network": { "kind": "rescnn-cbam", "options": { "width": 16, "outputSize": 16 } } """, "[0.5, 0.5]")]
    [InlineData(""" "spectrogram": { "dftSize": 320, "windowLength": 320 }, "whiteningBatches": 0, "network": { "kind": "tdnn", "options": { "channels": [16, 16, 16, 16, 32], "segmentSize": 16, "outputSize": 16 } } """, "[0.5, 0.5]")]
    [InlineData(""" "frontEnd": { "melBins": 80 }, "whiteningBatches": 0, "network": { "kind": "ecapa-tdnn", "options": { "channels": 16, "pooledChannels": 48, "gateSize": 8, "attentionSize": 8, "outputSize": 16 } } """, "[0.5, 0.5]")]
    public void NetworksTrain(string network, string crop)
    {
        using var folder = new TemporaryFolder();
        var run = Options(folder, """ "losses": [ { "kind": "AngularPrototypical" } ] """, steps: 2, network);
        run = run with { Embedder = run.Embedder! with { Sampling = run.Embedder.Sampling with { CropSeconds = System.Text.Json.JsonSerializer.Deserialize<double[]>(crop)! } }, Model = new() { MinimumSeconds = 0.7 } };
        using var task = Task(folder, run);
        float[] before = Weights(task);
        Assert.True(Train(run, task, folder["run"]).Finished);
        Assert.NotEqual(before, Weights(task));
    }

    /// <summary>The divergence as it is meant brings pairs of one speaker together; the siamese branch is trained by its softmax, not by its embedding.</summary>
    [Theory]
    [InlineData("PairwiseDivergence", true)]
    [InlineData("AskedDivergence", false)]
    public void SiameseBranchesTrain(string loss, bool softmax)
    {
        using var folder = new TemporaryFolder();
        string network = $$""" "frontEnd": { "melBins": 32 }, "whiteningBatches": 0, "network": { "kind": "siamese-blstm", "options": { "inputBins": 32, "hiddenSize": 16, "dense": [32, 12], "softmax": {{(softmax ? "true" : "false")}}, "segmentFrames": 40 } } """;
        var run = Options(folder, $$""" "losses": [ { "kind": "{{loss}}" } ] """, steps: 3, network);
        using var task = Task(folder, run);
        float[] before = Weights(task);
        Assert.True(Train(run, task, folder["run"]).Finished);
        Assert.NotEqual(before, Weights(task));
    }

    [Theory]
    [InlineData(""" "frontEnd": { "melBins": 80 }, "network": { "kind": "ecapa-tdnn" } """, "tiny: whiteningBatches 100 does not go with the network ecapa-tdnn; give 0: its last layer is not linear.")]
    [InlineData(""" "frontEnd": { "melBins": 64 }, "network": { "kind": "fast-resnet-34" } """, "The model tiny gives the front end 64 mel bins but the network takes 40; make them equal.")]
    [InlineData(""" "network": { "kind": "fast-resnet-34", "options": { "chanels": [8, 8, 8, 8] } } """, "The network options of tiny do not fit fast-resnet-34")]
    public void WhatDoesNotFitIsNamed(string network, string message)
    {
        using var folder = new TemporaryFolder();
        var run = Options(folder, """ "losses": [ { "kind": "AngularPrototypical" } ] """, steps: 2, network);
        Assert.StartsWith(message, Assert.Throws<UserErrorException>(() => Task(folder, run)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnUnknownNetworkIsNamedWithThoseThatThereAre()
    {
        using var folder = new TemporaryFolder();
        string message = Assert.Throws<UserErrorException>(() => Options(folder, """ "losses": [ { "kind": "Softmax" } ] """, steps: 2, """ "network": { "kind": "resnet-50" } """)).Message;
        Assert.Contains("embedder.network.kind is 'resnet-50'; give one of fast-resnet-34", message, StringComparison.Ordinal);
    }

    private static RunResult Train(RunOptions run, EmbedderTask task, string folder)
    {
        Directory.CreateDirectory(folder);
        return new TrainingLoop(run, task, folder).Run(TestContext.Current.CancellationToken);
    }

    private static bool Near(float a, float b) => Math.Abs(a - b) < 1e-6;

    private const string TinyNetwork = """ "network": { "options": { "channels": [8, 8, 8, 8], "blocks": [1, 1, 1, 1], "outputSize": 16 } } """;

    private static RunOptions Options(TemporaryFolder folder, string embedder, long steps, string? network = null)
    {
        if (!File.Exists(folder["speech.tsv"]))
            SyntheticData.Write(folder, speakers: 6, utterances: 3);
        File.WriteAllText(folder["run.json"], $$"""
            {
              "name": "tiny",
              "data": { "noise": "", "validationShare": 0 },
              "embedder": {
                {{network ?? TinyNetwork}},
                "sampling": { "speakers": 4, "cropSeconds": [0.5, 0.5] },
                "augmentation": { "room": { "probability": 0 }, "noise": { "probability": 0 } },
                {{embedder}}
              },
              "optimiser": { "schedule": "Constant", "warmUp": 3 },
              "loop": { "steps": {{steps}}, "validateEvery": 100, "checkpointEvery": 100 }
            }
            """);
        return ConfigurationFile.Read(folder["run.json"]);
    }

    private static EmbedderTask Task(TemporaryFolder folder, RunOptions run) =>
        new(run, TrainingData.Open(run, folder.Path, new PcmCache(folder["cache"]), _ => { }, TestContext.Current.CancellationToken));

    private static float[] Weights(EmbedderTask task, bool average = false) =>
        [.. (average ? task.Average : task.Network).state_dict().Values.SelectMany(value => value.to(torch.ScalarType.Float32).data<float>().ToArray())];

    private static float[] Parameters(torch.nn.Module network) => [.. network.parameters().SelectMany(value => value.data<float>().ToArray())];
}
