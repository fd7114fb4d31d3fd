using System.Runtime.InteropServices;
using Diarizer.Training.Losses;
using Diarizer.Training.Sampling;
using TorchSharp;
using static Diarizer.Training.Tests.Losses.LossExample;
using static TorchSharp.torch;

namespace Diarizer.Training.Tests.Losses;

/// <summary>Gradients by autograd against central differences, in 64 bits.</summary>
public class GradientTests
{
    private const double Step = 1e-5;

    public static TheoryData<string> Kinds => [.. Enum.GetNames<LossKind>(), "PairwiseDivergenceOfALayer", "SemiHardTriplet"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void GradientsAreThoseOfFiniteDifferences(string kind)
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        using var loss = Options(kind).Create(4, 5, 1).to(ScalarType.Float64);
        loss.AtStep(3);
        var x = (tensor(X).to(ScalarType.Float64).reshape(2, 3, 4) * 1.5).detach().requires_grad_();
        loss.call(x, Classes(2)).backward();
        Check("embeddings", x, loss, x);
        Assert.True(x.grad!.abs().sum().item<double>() > 0.01);
        foreach (var (name, parameter) in loss.named_parameters())
            Check(name, parameter, loss, x);
    }

    private static void Check(string name, Tensor variable, SpeakerLoss loss, Tensor x)
    {
        double[] gradient = variable.grad!.contiguous().data<double>().ToArray();
        for (int i = 0; i < gradient.Length; i++)
        {
            double slope = (Moved(variable, i, Step, loss, x) - Moved(variable, i, -Step, loss, x)) / (2 * Step);
            Assert.True(Math.Abs(slope - gradient[i]) <= 1e-6 + 1e-5 * Math.Abs(slope), $"{name}[{i}]: {gradient[i]}, by differences {slope}");
        }
    }

    private static double Moved(Tensor variable, int index, double by, SpeakerLoss loss, Tensor x)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        double before = Values(variable)[index];
        Values(variable)[index] = before + by;
        double value = loss.call(x, Classes(2)).item<double>();
        Values(variable)[index] = before;
        return value;
    }

    private static Span<double> Values(Tensor tensor) => MemoryMarshal.Cast<byte, double>(tensor.bytes);

    private static LossOptions Options(string kind) => kind switch
    {
        "PairwiseDivergenceOfALayer" => new() { Kind = LossKind.PairwiseDivergence, DivergenceOutputs = 5 },
        "SemiHardTriplet" => new() { Kind = LossKind.Triplet, Margin = 1, Mining = [new() { Negatives = NegativeChoice.SemiHard }] },
        _ => new() { Kind = Enum.Parse<LossKind>(kind), Margin = 0.3, Scale = 5 },
    };
}
