using Diarizer.Training.Losses;
using TorchSharp;
using static Diarizer.Training.Tests.Losses.LossExample;
using static TorchSharp.torch;

namespace Diarizer.Training.Tests.Losses;

/// <summary>The expected numbers are printed by reference/losses.py, which writes each loss from its equation.</summary>
public class LossTests
{
    [Fact]
    public void SoftmaxMatchesReference() =>
        Assert.Equal(2.204551, Value(With(new Softmax(4, 5), ("classifier.weight", W), ("classifier.bias", Bias))), 4);

    [Fact]
    public void AdditiveMarginMatchesReference() =>
        Assert.Equal(10.287303, Value(With(new MarginSoftmax(4, 5, angular: false, 0.3, 10, 0), ("centres", W))), 4);

    [Theory]
    [InlineData(0.2, 30, 25.960801)]
    [InlineData(0.9, 5, 7.460167)]
    public void AngularMarginMatchesReference(double margin, double scale, double expected) =>
        Assert.Equal(expected, Value(With(new MarginSoftmax(4, 5, angular: true, margin, scale, 0), ("centres", W))), 4);

    [Fact]
    public void AngularPrototypicalMatchesReference() => Assert.Equal(5.897475, Value(new AngularPrototypical()), 4);

    [Fact]
    public void SumWeighsItsTerms()
    {
        var aam = With(new MarginSoftmax(4, 5, angular: true, 0.2, 30, 0), ("centres", W));
        Assert.Equal(24.77535, Value(new WeightedSum([(0.5, aam), (2, new AngularPrototypical())])), 0.0001);
    }

    [Fact]
    public void MarginGrowsWithTheSteps()
    {
        var growing = With(new MarginSoftmax(4, 5, angular: true, 0.2, 30, warmUp: 100), ("centres", W));
        growing.AtStep(0);
        double without = Value(growing);
        growing.AtStep(50);
        double half = Value(growing);
        growing.AtStep(500);
        Assert.Equal(25.960801, Value(growing), 4);
        Assert.InRange(half, without + 0.1, 25.9);
    }

    [Fact]
    public void MarginJumpsAtItsStep()
    {
        var small = With(new MarginSoftmax(4, 5, angular: true, 0.1, 30, 0), ("centres", W));
        var curriculum = With(new MarginSoftmax(4, 5, angular: true, new MarginSchedule(Full: 0.2, Small: 0.1, From: 100), 30), ("centres", W));
        Assert.Equal(25.960801, Value(curriculum), 4);
        curriculum.AtStep(99);
        Assert.Equal(Value(small), Value(curriculum), 4);
        curriculum.AtStep(100);
        Assert.Equal(25.960801, Value(curriculum), 4);
    }

    [Theory]
    [InlineData(0, 0.1)]
    [InlineData(100, 0.1)]
    [InlineData(150, 0.2)]
    [InlineData(200, 0.3)]
    [InlineData(10_000, 0.3)]
    public void MarginGrowsLinearlyFromItsStep(long step, double expected) =>
        Assert.Equal(expected, new MarginSchedule(Full: 0.3, Small: 0.1, From: 100, Over: 100).At(step), 9);

    [Fact]
    public void PerfectEmbeddingsCostNothing()
    {
        using var scope = NewDisposeScope();
        var loss = With(new MarginSoftmax(4, 4, angular: true, 0.2, 64, 0), ("centres", [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]));
        var perfect = eye(4).unsqueeze(1).expand(4, 2, 4).contiguous();
        Assert.InRange(loss.call(perfect, tensor(new long[] { 0, 1, 2, 3 })).item<float>(), 0, 1e-4f);
    }

    [Fact]
    public void GradientsReachEmbeddingsAndParameters()
    {
        using var scope = NewDisposeScope();
        var loss = new WeightedSum([(1, new MarginSoftmax(4, 5, angular: true, 0.2, 30, 0)), (1, new AngularPrototypical())]);
        var x = tensor(X).reshape(3, 2, 4).requires_grad_();
        loss.call(x, tensor(new long[] { 4, 0, 2 })).backward();
        Assert.True(x.grad!.abs().sum().item<float>() > 0);
        Assert.All(loss.named_parameters(), p => Assert.True(p.parameter.grad!.abs().sum().item<float>() > 0, p.name));
    }
}
