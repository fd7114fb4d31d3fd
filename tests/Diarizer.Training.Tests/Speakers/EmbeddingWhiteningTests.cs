using Diarizer.Networks.Trunks;
using Diarizer.Training.Data;
using Diarizer.Training.Loops;
using Diarizer.Training.Speakers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Diarizer.Training.Tests.Speakers;

public class EmbeddingWhiteningTests
{
    private const int Voices = 40, Each = 4;

    /// <summary>Directions: 0 tells voices apart, 1 is how one voice varies, 2 tells the corpora apart, which differ by 6.</summary>
    [Theory]
    [InlineData(0, 5, 7)]
    [InlineData(10, 0, 1)]
    public void WhatVariesWithinVoicesAndBetweenCorporaCountsLess(double weight, double least, double most)
    {
        using var scope = NewDisposeScope();
        using var network = new Identity();
        var statistics = EmbeddingStatistics.Collect(network, new Maker(), number => number % 2 == 0 ? "a" : "b", 3, 20, CPU);
        Assert.Equal(9, statistics.Between[2, 2].ToDouble(), 0.5);
        EmbeddingWhitening.Fold(network, statistics, 0.001, weight, CPU);
        var (mean, within, apart) = Measure(network);
        Assert.All(mean, x => Assert.InRange(x, -1.5, 1.5));
        Assert.Equal(1, within[1], 0.15);
        Assert.InRange(apart, least, most);
    }

    [Fact]
    public void TheBackEndChangesTheLastLayerAlone()
    {
        using var scope = NewDisposeScope();
        using var network = new Identity();
        var statistics = EmbeddingStatistics.Collect(network, new Maker(), _ => "one", 3, 5, CPU);
        Assert.Equal(0, statistics.Between.abs().max().ToDouble(), 1e-9);
        EmbeddingWhitening.Fold(network, statistics, 1, 0, CPU);
        // With all of the covariance shrunk the matrix is a multiple of the unit matrix: angles about the mean stay.
        var matrix = network.Output.weight!;
        Assert.Equal(0, (matrix - eye(3) * matrix[0, 0]).abs().max().ToDouble(), 1e-5);
    }

    private static (float[] Mean, float[] Within, double Apart) Measure(Identity network)
    {
        using var batch = new Maker().Make(99);
        var rows = network.call(batch.FeatureTensor().transpose(1, 2)).reshape(Voices, Each, 3);
        var means = rows.mean([1L]);
        var within = (rows - rows.mean([1L], true)).square().sum([0L, 1L]) / (Voices * (Each - 1));
        var halves = means.reshape(Voices / 2, 2, 3).mean([0L]);
        return (rows.mean([0L, 1L]).data<float>().ToArray(), within.data<float>().ToArray(), (halves[0] - halves[1]).square().sum().sqrt().ToDouble());
    }

    /// <summary>Takes the first frame as the embedding.</summary>
    private sealed class Identity : nn.Module<Tensor, Tensor>, IAffineOutput
    {
        private readonly Linear fc = nn.Linear(3, 3);

        public Identity()
            : base(nameof(Identity))
        {
            using var frozen = no_grad();
            fc.weight!.copy_(eye(3));
            fc.bias!.zero_();
            RegisterComponents();
        }

        public string Name => "identity";

        public int InputBins => 3;

        public int OutputSize => 3;

        public int MinimumFrames => 1;

        public Linear Output => fc;

        public override Tensor forward(Tensor input) => fc.call(input.select(2, 0));
    }

    private sealed class Maker : IBatchMaker
    {
        public PreparedBatch Make(long step)
        {
            var batch = new PreparedBatch(Voices * Each, 1, 3, Voices);
            for (int n = 0; n < Voices; n++)
            {
                var voice = new SeededRandom(7, step, n);
                double height = voice.Normal();
                batch.Targets[n] = n;
                for (int m = 0; m < Each; m++)
                {
                    var crop = new SeededRandom(step, n, m);
                    float[] row = [(float)(3 + 0.2 * height + 0.1 * crop.Normal()), (float)(0.7 * crop.Normal()), (float)(n % 2 * 6 + crop.Normal())];
                    row.CopyTo(batch.Sequence(n * Each + m));
                }
            }
            return batch;
        }
    }
}
