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

    [Fact]
    public void Grad_gives_the_gradients_of_inputs_and_of_what_lies_between_and_accumulates_nothing()
    {
        using var scope = NewDisposeScope();
        var weight = tensor([2f, 3], requires_grad: true);
        var x = tensor([1f, -1], requires_grad: true);
        var hidden = x * weight;
        var gradients = autograd.grad([(hidden * hidden).sum()], [x, hidden], retain_graph: true);
        Assert.Equal([8f, -18], gradients[0].data<float>().ToArray());
        Assert.Equal([4f, -6], gradients[1].data<float>().ToArray());
        Assert.Null(weight.grad);
        Assert.Null(x.grad);
        var weighted = autograd.grad([hidden], [x], [tensor([10f, 1])]);
        Assert.Equal([20f, 3], weighted[0].data<float>().ToArray());
    }

    [Fact]
    public void Grad_says_which_inputs_were_not_used()
    {
        using var scope = NewDisposeScope();
        var (x, other) = (ones([2], requires_grad: true), ones([2], requires_grad: true));
        Assert.ThrowsAny<Exception>(() => autograd.grad([(x * 2).sum()], [other]));
        Assert.True(autograd.grad([(x * 2).sum()], [x, other], allow_unused: true)[1].IsInvalid);
    }

    /// <summary>Numbers of torch.nn.functional.interpolate.</summary>
    [Theory]
    [InlineData(false, new[] { 0f, 0.25f, 0.75f, 1, 0.5f, 0.75f, 1.25f, 1.5f, 1.5f, 1.75f, 2.25f, 2.5f, 2, 2.25f, 2.75f, 3 })]
    [InlineData(true, new[] { 0f, 1 / 3f, 2 / 3f, 1, 2 / 3f, 1, 4 / 3f, 5 / 3f, 4 / 3f, 5 / 3f, 2, 7 / 3f, 2, 7 / 3f, 8 / 3f, 3 })]
    public void Interpolation_is_bilinear(bool alignCorners, float[] expected)
    {
        using var scope = NewDisposeScope();
        var values = F.interpolate(arange(4, float32).reshape(1, 1, 2, 2), [4, 4], mode: InterpolationMode.Bilinear, align_corners: alignCorners).flatten().data<float>().ToArray();
        for (var i = 0; i < values.Length; i++) Assert.Equal(expected[i], values[i], 1e-6);
    }
}
