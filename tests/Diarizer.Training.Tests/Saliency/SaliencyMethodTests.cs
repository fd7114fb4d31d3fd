using System.Runtime.InteropServices;
using Diarizer.Networks.Trunks.FrequencyTime;
using Diarizer.Networks.Trunks.TimeDelay;
using Diarizer.Training.Saliency;
using TorchSharp;
using static TorchSharp.torch;

namespace Diarizer.Training.Tests.Saliency;

/// <summary>Cases whose maps are known exactly.</summary>
public sealed class SaliencyMethodTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly Tensor _weights;
    private readonly SaliencyBatch _batch;

    public SaliencyMethodTests()
    {
        manual_seed(3);
        _weights = randn(2, 4 * 5);
        _batch = new SaliencyBatch(randn(3, 4, 5), tensor([0L, 1, 0]), 0);
    }

    /// <summary>Two classes, each a weighted sum of the bins.</summary>
    private SpeakerScores Linear => new(x => x.flatten(1), rows => rows.matmul(_weights.t()));

    /// <summary>The same sums of squares.</summary>
    private SpeakerScores Quadratic => new(x => x.flatten(1).square(), rows => rows.matmul(_weights.t()));

    private Tensor OwnWeights => _weights.index_select(0, _batch.Targets).reshape(3, 4, 5);

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void TheGradientOfALinearNetworkIsItsWeights() => Equal(OwnWeights.abs(), new GradientSaliency().Explain(Linear, _batch));

    [Fact]
    public void FromABaselineToALinearNetworkEveryPathIsTheSame()
    {
        var expected = (_batch.Features - _batch.Features.mean([2L], keepdim: true)) * OwnWeights;
        Equal(expected, new InputTimesGradient(Baseline.Mean).Explain(Linear, _batch));
        Equal(expected, new IntegratedGradients(1, Baseline.Mean).Explain(Linear, _batch));
        Equal(_batch.Features * OwnWeights, new IntegratedGradients(3, Baseline.Zero).Explain(Linear, _batch));
        var start = randn(1, 4, 5);
        Equal((_batch.Features - start) * OwnWeights, new ExpectedGradients(start, 2, 1).Explain(Linear, _batch));
    }

    [Fact]
    public void OfSquaresTheIntegralIsTheirDifference()
    {
        var baseline = _batch.Features.mean([2L], keepdim: true);
        var expected = (_batch.Features.square() - baseline.square()) * OwnWeights;
        Equal(expected, new IntegratedGradients(4, Baseline.Mean).Explain(Quadratic, _batch));
        // The expectation over random points comes close with many of them.
        var start = randn(1, 4, 5);
        var drawn = new ExpectedGradients(start, 4_000, 1).Explain(Quadratic, _batch);
        var exact = (_batch.Features.square() - start.square()) * OwnWeights;
        Assert.InRange((drawn - exact).norm().item<float>() / exact.norm().item<float>(), 0, 0.05);
    }

    [Fact]
    public void ExpectedGradientsAreTheMeanOverBaselines()
    {
        var starts = randn(2, 4, 5);
        var drawn = new ExpectedGradients(starts, 4_000, 1).Explain(Linear, _batch);
        var exact = (_batch.Features - starts.mean([0L], keepdim: true)) * OwnWeights;
        Assert.InRange((drawn - exact).norm().item<float>() / exact.norm().item<float>(), 0, 0.05);
    }

    [Fact]
    public void DrawsBelongToTheExampleNotToItsBatch()
    {
        var starts = randn(5, 4, 5);
        var alone = new SaliencyBatch(_batch.Features[2..3], _batch.Targets[2..3], 2);
        foreach (var method in new ISaliencyMethod[] { new ExpectedGradients(starts, 3, 7), new RandomSaliency(7) })
            Equal(method.Explain(Quadratic, _batch)[2..3], method.Explain(Quadratic, alone));
        Assert.NotEqual(Values(new RandomSaliency(7).Explain(Linear, _batch)), Values(new RandomSaliency(8).Explain(Linear, _batch)));
    }

    [Fact]
    public void IntegratedGradientsAddUpToTheGainOfTheScore()
    {
        manual_seed(5);
        using var network = new ResCnn(new ResCnnOptions { Width = 8, InputBins = 40, OutputSize = 16 });
        network.eval();
        var scores = SpeakerScores.Of(network, randn(3, 16));
        var batch = new SaliencyBatch(randn(2, 40, 24), tensor([0L, 2]), 0);
        float few = Gap(2), many = Gap(48);
        Assert.True(many < 0.03, $"{many}");
        Assert.True(many < few / 2, $"{few} {many}");

        float Gap(int steps)
        {
            var method = new IntegratedGradients(steps, Baseline.Mean);
            return method.Gap(scores, batch, method.Explain(scores, batch)).max().item<float>();
        }
    }

    [Fact]
    public void AGradCamIsAsCoarseAsItsBlockAndNeverNegative()
    {
        manual_seed(5);
        foreach (var network in new nn.Module<Tensor, Tensor>[]
        {
            new ResCnn(new ResCnnOptions { Width = 8, InputBins = 40, OutputSize = 16 }),
            new Networks.Trunks.FastResNet34(new Networks.Trunks.FastResNet34Options { Channels = [8, 8, 8, 8], Blocks = [1, 1, 1, 1], OutputSize = 16 }),
            new Networks.Trunks.ResNet34(new Networks.Trunks.ResNet34Options { MelBins = 40, Channels = [8, 8, 8, 8], Blocks = [1, 1, 1, 1], OutputSize = 16 }),
            new Networks.Trunks.HalfResNet34(new Networks.Trunks.HalfResNet34Options { MelBins = 40, Channels = [8, 8, 8, 8], Blocks = [1, 1, 1, 1], OutputSize = 16 }),
            new Networks.Trunks.DeepSpeaker.DeepSpeakerCnn(new Networks.Trunks.DeepSpeaker.DeepSpeakerCnnOptions { InputBins = 40, Channels = [8, 8], Blocks = 1, OutputSize = 16 }),
        })
        {
            network.eval();
            var batch = new SaliencyBatch(randn(2, 40, 32), tensor([0L, 2]), 0);
            var map = new GradCam(ConvolutionLayer.LastOf(network)!).Explain(SpeakerScores.Of(network, randn(3, 16)), batch);
            Assert.Equal([2, 40, 32], map.shape);
            Assert.True(map.min().item<float>() >= 0 && map.max().item<float>() > 0, network.GetName());
            network.Dispose();
        }
        using var tdnn = new Tdnn(new NarrowTdnnOptions { InputBins = 40 });
        Assert.Null(ConvolutionLayer.LastOf(tdnn));
        Assert.Contains("grad-cam", Assert.Throws<UserErrorException>(() => SaliencyMethods.Create("grad-cam", tdnn, randn(1, 40, 32), new SaliencyOptions(1, Baseline.Mean, 1))).Message);
    }

    [Fact]
    public void EveryNameMakesItsMethod()
    {
        using var network = new ResCnn(new ResCnnOptions { Width = 8, InputBins = 40 });
        foreach (string name in SaliencyMethods.Names)
            Assert.Equal(name, SaliencyMethods.Create(name, network, randn(1, 40, 32), new SaliencyOptions(1, Baseline.Mean, 1)).Name);
    }

    private static void Equal(Tensor expected, Tensor given)
    {
        var (e, g) = (Values(expected), Values(given));
        for (int i = 0; i < e.Length; i++)
            Assert.Equal(e[i], g[i], 1e-5 * (1 + Math.Abs(e[i])));
    }

    private static float[] Values(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.detach().contiguous().bytes).ToArray();
}
