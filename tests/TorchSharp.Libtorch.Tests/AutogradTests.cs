using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace TorchSharp.Libtorch.Tests;

/// <summary>Gradients against central finite differences, in double precision.</summary>
public class AutogradTests
{
    public static TheoryData<string, long[], Func<Tensor, Tensor>> Functions => new()
    {
        { "polynomial", [3, 4], x => ((x * x * x) - (2 * x)).sum() },
        { "softmax", [3, 5], x => (x.softmax(1) * x).sum() },
        { "matmul and tanh", [4, 4], x => x.matmul(x.t()).tanh().mean() },
        { "convolution", [1, 2, 6, 7], x => F.conv2d(x, linspace(-1, 1, 3 * 2 * 9, float64).reshape(3, 2, 3, 3), null, [2, 1], [1, 1]).pow(2).sum() },
        { "normalised cosine", [4, 6], x => F.normalize(x).matmul(F.normalize(x).t()).exp().sum() },
        { "cross entropy", [4, 5], x => F.cross_entropy(x, tensor([0L, 3, 1, 4])) },
        { "reductions", [3, 6], x => x.std(1).sum() + x.logsumexp(0).sum() + x.max(1).values.sum() },
    };

    [Theory]
    [MemberData(nameof(Functions))]
    public void Gradients_equal_finite_differences(string name, long[] shape, Func<Tensor, Tensor> function)
    {
        using var scope = NewDisposeScope();
        manual_seed(7);
        var x = randn(shape, float64, requires_grad: true);
        function(x).backward();
        var gradient = x.grad!.flatten().data<double>().ToArray();

        using var quiet = no_grad();
        var values = x.detach().clone();
        var flat = values.view(-1);
        const double Step = 1e-6;
        for (var i = 0; i < gradient.Length; i++)
        {
            var original = flat[i].ToDouble();
            flat[i] = tensor(original + Step);
            var above = function(values).ToDouble();
            flat[i] = tensor(original - Step);
            var below = function(values).ToDouble();
            flat[i] = tensor(original);
            Assert.True(Math.Abs(((above - below) / (2 * Step)) - gradient[i]) < 1e-5, $"{name}, element {i}");
        }
    }

    [Fact]
    public void Without_grad_nothing_is_recorded()
    {
        using var scope = NewDisposeScope();
        var x = ones([2], requires_grad: true);
        using (no_grad()) Assert.False((x * 2).requires_grad);
        Assert.True((x * 2).requires_grad);
    }
}
