using Diarizer.Training.Optimisation;
using TorchSharp;
using static TorchSharp.torch;

namespace Diarizer.Training.Tests.Optimisation;

public class OptimisationTests
{
    [Fact]
    public void CosineWarmsUpAndFallsToItsFloor()
    {
        var options = new OptimiserOptions { LearningRate = 1, WarmUp = 10, Floor = 0.1 };
        Assert.Equal(0.1, options.RateAt(0, 1_000), 3);
        Assert.Equal(0.5, options.RateAt(4, 1_000), 3);
        Assert.Equal(0.1 + 0.9 * 0.5, options.RateAt(500, 1_000), 6);
        Assert.Equal(0.1, options.RateAt(1_000, 1_000), 6);
    }

    [Fact]
    public void StepwiseFallsByItsFactor()
    {
        var options = new OptimiserOptions { LearningRate = 1e-3, WarmUp = 0, Schedule = ScheduleKind.Stepwise, Factor = 0.95, FactorEvery = 10 };
        Assert.Equal(1e-3, options.RateAt(9, 100), 9);
        Assert.Equal(1e-3 * 0.95 * 0.95, options.RateAt(25, 100), 9);
    }

    [Fact]
    public void WeightDecayLeavesBiasesAlone()
    {
        using var scope = NewDisposeScope();
        var layer = nn.Linear(2, 2);
        nn.init.ones_(layer.weight);
        nn.init.ones_(layer.bias!);
        using var optimiser = Optimisers.Create(new OptimiserOptions { WeightDecay = 0.5, LearningRate = 0.1 }, layer.parameters());
        // A loss without slope: only decay moves weights.
        (layer.call(zeros(1, 2)) * 0).sum().backward();
        optimiser.step();
        Assert.Equal(0.95f, layer.weight[0, 0].item<float>(), 5);
        Assert.Equal(1f, layer.bias![0].item<float>(), 5);
    }

    [Fact]
    public void AverageFollowsItsEquation()
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var source = nn.Linear(1, 1);
        var target = nn.Linear(1, 1);
        nn.init.zeros_(source.weight);
        var average = new WeightAverage(target, source, 0.9);
        Assert.Equal(0f, target.weight.item<float>());
        nn.init.ones_(source.weight);
        average.Update(0);
        Assert.Equal(0.9f, target.weight.item<float>(), 5);
        average.Update(1_000_000);
        Assert.Equal(0.91f, target.weight.item<float>(), 5);
    }
}
