using Diarizer.Networks.Models;
using Diarizer.Training.Loops;
using TorchSharp;
using static TorchSharp.torch;

namespace Diarizer.Training.Tests.Loops;

/// <summary>Learns to separate two clouds of points; every step's batch depends on the step alone.</summary>
internal sealed class FakeTask : TrainingTask
{
    private readonly nn.Module<Tensor, Tensor> _network, _average;
    private long _done;

    /// <param name="dropout">Probability of a dropout layer; 0 for none.</param>
    public FakeTask(double dropout = 0)
    {
        manual_seed(1);
        (_network, _average) = (Net(dropout), Net(dropout));
        _average.eval();
    }

    public override nn.Module<Tensor, Tensor> Network => _network;

    public override nn.Module<Tensor, Tensor> Average => _average;

    /// <summary>Called before each step's loss.</summary>
    public Action<long>? BeforeStep { get; init; }

    /// <summary>The step whose loss is not a number.</summary>
    public long BreakAt { get; init; } = -1;

    /// <summary>The step whose loss is a number and whose gradient is not.</summary>
    public long BreakGradientAt { get; init; } = -1;

    /// <summary>The figure of a validation, by the steps done; null for no figures.</summary>
    public Func<long, double>? Figure { get; init; } = _ => 0.5;

    public override IBatchMaker CreateMaker() => new PointMaker();

    public override Tensor Loss(PreparedBatch batch, long step)
    {
        BeforeStep?.Invoke(step);
        _done = step + 1;
        using var scope = NewDisposeScope();
        var loss = nn.functional.cross_entropy(Network.call(batch.FeatureTensor().reshape(batch.Sequences, 4)), tensor(batch.Targets));
        if (step == BreakGradientAt)
            loss += (Network.parameters().First() * 0).sum().sqrt();
        return (step == BreakAt ? loss * float.NaN : loss).MoveToOuterDisposeScope();
    }

    public override IReadOnlyList<(string Name, ModelFigure Figure)> Validate() => Figure is null ? [] : [("validationX", new ModelFigure(Figure(_done), "nothing"))];

    public override ModelCard Card() => new() { Name = "fake", Kind = ModelKind.SpeakerEmbedding, Network = "fake" };

    public float[] Weights() => [.. Network.state_dict().Concat(Average.state_dict()).SelectMany(p => p.Value.to(ScalarType.Float32).data<float>().ToArray())];

    private static nn.Module<Tensor, Tensor> Net(double dropout) => dropout == 0
        ? nn.Sequential(("a", nn.Linear(4, 8)), ("n", nn.BatchNorm1d(8)), ("r", nn.ReLU()), ("b", nn.Linear(8, 2)))
        : nn.Sequential(("a", nn.Linear(4, 8)), ("n", nn.BatchNorm1d(8)), ("r", nn.ReLU()), ("d", nn.Dropout(dropout)), ("b", nn.Linear(8, 2)));

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
