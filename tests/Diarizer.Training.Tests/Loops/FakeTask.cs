using Diarizer.Networks.Models;
using Diarizer.Training.Loops;
using TorchSharp;
using static TorchSharp.torch;

namespace Diarizer.Training.Tests.Loops;

/// <summary>Learns to separate two clouds of points; every step's batch depends on the step alone.</summary>
internal sealed class FakeTask : TrainingTask
{
    private readonly nn.Module<Tensor, Tensor> _network, _average;

    public FakeTask()
    {
        manual_seed(1);
        (_network, _average) = (Net(), Net());
        _average.eval();
    }

    public override nn.Module<Tensor, Tensor> Network => _network;

    public override nn.Module<Tensor, Tensor> Average => _average;

    /// <summary>Called before each step's loss.</summary>
    public Action<long>? BeforeStep { get; init; }

    /// <summary>The step whose loss is not a number.</summary>
    public long BreakAt { get; init; } = -1;

    public override IBatchMaker CreateMaker() => new PointMaker();

    public override Tensor Loss(PreparedBatch batch, long step)
    {
        BeforeStep?.Invoke(step);
        using var scope = NewDisposeScope();
        var loss = nn.functional.cross_entropy(Network.call(batch.FeatureTensor().reshape(batch.Sequences, 4)), tensor(batch.Targets));
        return (step == BreakAt ? loss * float.NaN : loss).MoveToOuterDisposeScope();
    }

    public override IReadOnlyList<(string Name, ModelFigure Figure)> Validate() => [("validationX", new ModelFigure(0.5, "nothing"))];

    public override ModelCard Card() => new() { Name = "fake", Kind = ModelKind.SpeakerEmbedding, Network = "fake" };

    public float[] Weights() => [.. Network.state_dict().Concat(Average.state_dict()).SelectMany(p => p.Value.to(ScalarType.Float32).data<float>().ToArray())];

    private static nn.Module<Tensor, Tensor> Net() => nn.Sequential(("a", nn.Linear(4, 8)), ("n", nn.BatchNorm1d(8)), ("r", nn.ReLU()), ("b", nn.Linear(8, 2)));

    private sealed class PointMaker : IBatchMaker
    {
        public PreparedBatch Make(long step)
        {
            var batch = new PreparedBatch(8, 1, 4, 8);
            for (int i = 0; i < 8; i++)
            {
                var random = new Diarizer.Training.Data.SeededRandom(1, step, i);
                batch.Targets[i] = random.Below(2);
                foreach (ref float x in batch.Sequence(i))
                    x = (float)(random.Normal() + (batch.Targets[i] == 0 ? -1 : 1));
            }
            return batch;
        }
    }
}
