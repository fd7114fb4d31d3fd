using Diarizer.Training.Losses;
using TorchSharp;
using static TorchSharp.torch;

namespace Diarizer.Training.Tests.Losses;

/// <summary>The expected numbers are printed by reference/losses.py, which writes each loss from its equation.</summary>
public class LossTests
{
    private static readonly float[] _x = [.. Enumerable.Range(0, 24).Select(i => (float)Math.Sin(1.0 + 0.7 * i))];
    private static readonly float[] _w = [.. Enumerable.Range(0, 20).Select(i => (float)Math.Cos(0.3 + 1.1 * i))];

    [Fact]
    public void SoftmaxMatchesReference() =>
        Assert.Equal(2.204551, Value(With(new Softmax(4, 5), ("classifier.weight", _w), ("classifier.bias", [0, 0.1f, 0.2f, 0.3f, 0.4f]))), 4);

    [Fact]
    public void AdditiveMarginMatchesReference() =>
        Assert.Equal(10.287303, Value(With(new MarginSoftmax(4, 5, angular: false, 0.3, 10, 0), ("centres", _w))), 4);

    [Theory]
    [InlineData(0.2, 30, 25.960801)]
    [InlineData(0.9, 5, 7.460167)]
    public void AngularMarginMatchesReference(double margin, double scale, double expected) =>
        Assert.Equal(expected, Value(With(new MarginSoftmax(4, 5, angular: true, margin, scale, 0), ("centres", _w))), 4);

    [Fact]
    public void AngularPrototypicalMatchesReference() => Assert.Equal(5.897475, Value(new AngularPrototypical()), 4);

    [Fact]
    public void SumWeighsItsTerms()
    {
        var aam = With(new MarginSoftmax(4, 5, angular: true, 0.2, 30, 0), ("centres", _w));
        Assert.Equal(24.77535, Value(new WeightedSum([(0.5, aam), (2, new AngularPrototypical())])), 0.0001);
    }

    [Fact]
    public void MarginGrowsWithTheSteps()
    {
        var growing = With(new MarginSoftmax(4, 5, angular: true, 0.2, 30, warmUp: 100), ("centres", _w));
        growing.AtStep(0);
        double without = Value(growing);
        growing.AtStep(50);
        double half = Value(growing);
        growing.AtStep(500);
        Assert.Equal(25.960801, Value(growing), 4);
        Assert.InRange(half, without + 0.1, 25.9);
    }

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
        var x = tensor(_x).reshape(3, 2, 4).requires_grad_();
        loss.call(x, tensor(new long[] { 4, 0, 2 })).backward();
        Assert.True(x.grad!.abs().sum().item<float>() > 0);
        Assert.All(loss.named_parameters(), p => Assert.True(p.parameter.grad!.abs().sum().item<float>() > 0, p.name));
    }

    private static double Value(SpeakerLoss loss)
    {
        using var scope = NewDisposeScope();
        return loss.call(tensor(_x).reshape(3, 2, 4), tensor(new long[] { 4, 0, 2 })).item<float>();
    }

    private static T With<T>(T loss, params (string Name, float[] Values)[] parameters)
        where T : SpeakerLoss
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var state = loss.state_dict();
        foreach (var (name, values) in parameters)
            state[name].copy_(tensor(values).reshape(state[name].shape));
        return loss;
    }
}
