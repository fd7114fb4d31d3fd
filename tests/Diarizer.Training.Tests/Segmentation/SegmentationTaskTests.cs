using Diarizer.Networks.Inference;
using Diarizer.Networks.Models;
using Diarizer.Networks.Segmentation;
using Diarizer.Training.Configuration;
using Diarizer.Training.Data;
using Diarizer.Training.Data.Audio;
using Diarizer.Training.Loops;
using Diarizer.Training.Segmentation;
using TorchSharp;

namespace Diarizer.Training.Tests.Segmentation;

public class SegmentationTaskTests
{
    [Fact]
    public void ARunThatWasStoppedContinuesBitByBit()
    {
        using var folder = new TemporaryFolder();
        var run = Options(folder);
        using var whole = Task(folder, run);
        Assert.True(Train(run, whole, folder["whole"]).Finished);
        using (var first = Task(folder, run))
            Train(run with { Loop = run.Loop with { Steps = 3 } }, first, folder["cut"]);
        using var second = Task(folder, run);
        Train(run, second, folder["cut"]);
        Assert.Equal(Weights(whole.Network), Weights(second.Network));
        Assert.Equal(Weights(whole.Average), Weights(second.Average));
        Assert.Equal(File.ReadAllLines(folder["whole/log.csv"]), File.ReadAllLines(folder["cut/log.csv"]));
    }

    [Fact]
    public void WhatWasTrainedListensAndIsValidated()
    {
        using var folder = new TemporaryFolder();
        var run = Options(folder);
        using var task = Task(folder, run);
        task.Begin();
        float[] deviation = task.Network.state_dict()["feature_std"].data<float>().ToArray();
        Assert.All(deviation, d => Assert.InRange(d, 0.01, 10));
        Assert.Equal(deviation, task.Average.state_dict()["feature_std"].data<float>().ToArray());

        var figures = task.Validate().ToDictionary(f => f.Name, f => f.Figure.Value);
        Assert.Equal(["validationConfusion", "validationDer", "validationFalseAlarm", "validationMiss"], figures.Keys.Order());
        Assert.Equal(figures["validationDer"], figures["validationMiss"] + figures["validationFalseAlarm"] + figures["validationConfusion"], 9);
        Assert.True(figures["validationDer"] > 0);

        var card = task.Card();
        Assert.Equal((ModelKind.Segmentation, SegmentationNetwork.NetworkName), (card.Kind, card.Network));
        ModelFile.Save(folder["tiny.safetensors"], card, task.Average);
        using var segmenter = SpeakerSegmenter.Load(folder["tiny.json"]);
        Assert.Equal(3, segmenter.Speakers);
    }

    [Fact]
    public void BatchesHaveATargetForEveryFrameOfTheOutput()
    {
        using var folder = new TemporaryFolder();
        using var task = Task(folder, Options(folder));
        var maker = task.CreateMaker();
        var lengths = new HashSet<int>();
        for (int step = 0; step < 8; step++)
        {
            using var batch = maker.Make(step);
            Assert.Equal((4, 40), (batch.Sequences, batch.Sequence(0).Length / batch.Frames));
            Assert.Equal(4 * SegmentationNetwork.OutputFrames(batch.Frames), batch.Targets.Length);
            Assert.All(batch.Targets, c => Assert.InRange(c, 0, 6));
            Assert.Contains(batch.Targets, c => c > 0);
            lengths.Add(batch.Frames);
        }
        Assert.InRange(lengths.Count, 2, 3);
        using PreparedBatch one = maker.Make(5), two = task.CreateMaker().Make(5);
        Assert.Equal(one.Targets, two.Targets);
        Assert.Equal(one.Sequence(3).ToArray(), two.Sequence(3).ToArray());
    }

    [Theory]
    [InlineData("""{ "batch": 0 }""", "segmentation.batch is 0")]
    [InlineData("""{ "seconds": [5, 3] }""", "segmentation.seconds")]
    [InlineData("""{ "frontEnd": { "melBins": 64 } }""", "segmentation.network.melBins is 40; give the front end's 64")]
    [InlineData("""{ "conversation": { "speakers": [2, 9] } }""", "segmentation.conversation.speakers")]
    [InlineData("""{ "conversation": { "turns": { "overlap": 2 } } }""", "segmentation.conversation.turns.overlap is 2")]
    [InlineData("""{ "conversation": { "speeds": [0.95] } }""", "segmentation.conversation.speeds is [0.95]; give multiples of 0.1 from 0.5 to 2")]
    [InlineData("""{ "conversation": { "turn": { } } }""", "turns")]
    public void WhatIsOutOfBoundsIsNamed(string segmentation, string expected)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["run.json"], $$"""{ "name": "x", "segmentation": {{segmentation}} }""");
        Assert.Contains(expected, Assert.Throws<UserErrorException>(() => ConfigurationFile.Read(folder["run.json"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ARunIsOfOneKind()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["run.json"], """{ "name": "x", "segmentation": { }, "voiceActivity": { } }""");
        Assert.Contains("exactly one of embedder, voiceActivity and segmentation", Assert.Throws<UserErrorException>(() => ConfigurationFile.Read(folder["run.json"])).Message, StringComparison.Ordinal);
    }

    private static RunResult Train(RunOptions run, SegmentationTask task, string folder)
    {
        Directory.CreateDirectory(folder);
        return new TrainingLoop(run, task, folder).Run(TestContext.Current.CancellationToken);
    }

    private static RunOptions Options(TemporaryFolder folder)
    {
        SyntheticData.Write(folder, speakers: 8, utterances: 3);
        File.WriteAllText(folder["run.json"], """
            {
              "name": "tiny",
              "data": { "validationShare": 0.5 },
              "segmentation": {
                "network": { "channels": [8, 8, 8], "hiddenSize": 8, "layers": 1, "dense": 8 },
                "batch": 4,
                "seconds": [1, 2],
                "validationWindows": 8,
                "conversation": { "speakers": [2, 3], "oneCorpus": 0, "turns": { "turnMedian": 0.8, "pauseMean": 0.2, "longPauses": 0 } }
              },
              "optimiser": { "schedule": "Constant", "warmUp": 3 },
              "loop": { "steps": 6, "validateEvery": 100, "checkpointEvery": 100 }
            }
            """);
        return ConfigurationFile.Read(folder["run.json"]);
    }

    private static SegmentationTask Task(TemporaryFolder folder, RunOptions run) =>
        new(run, TrainingData.Open(run, folder.Path, new PcmCache(folder["cache"]), _ => { }, TestContext.Current.CancellationToken));

    private static float[] Weights(torch.nn.Module network) => [.. network.state_dict().Values.SelectMany(value => value.to(torch.ScalarType.Float32).data<float>().ToArray())];
}
