using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp.Libtorch.Tests;

public class TensorTests
{
    [Fact]
    public void Arithmetic_gives_the_expected_numbers()
    {
        using var scope = NewDisposeScope();
        var a = tensor([1f, 2f, 3f, 4f], [2, 2]);
        Assert.Equal([2f, 4f, 6f, 8f], (a * 2).data<float>().ToArray());
        Assert.Equal([7f, 10f, 15f, 22f], a.matmul(a).data<float>().ToArray());
        Assert.Equal([1f, 3f, 2f, 4f], a.t().data<float>().ToArray());
        Assert.Equal(10f, a.sum().item<float>());
        Assert.Equal([4f, 6f], a.sum(0, false).data<float>().ToArray());
        Assert.Equal([0.5f, 0f, -0.5f, -1f], ((2 - a) / 2).data<float>().ToArray());
        Assert.Equal(1.25, a.var(false).ToDouble(), 6);
        Assert.Equal([2L, 2L], a.shape);
    }

    [Fact]
    public void Indexers_pick_rows_ranges_and_masks()
    {
        using var scope = NewDisposeScope();
        var a = arange(12, float32).reshape(3, 4);
        Assert.Equal([4f, 5f, 6f, 7f], a[1].data<float>().ToArray());
        Assert.Equal([5f, 9f], a[TensorIndex.Slice(1), 1].data<float>().ToArray());
        Assert.Equal([3f, 7f, 11f], a[TensorIndex.Ellipsis, -1].data<float>().ToArray());
        Assert.Equal([9f, 10f, 11f], a[a > 8].data<float>().ToArray());
        a[0] = zeros(4);
        Assert.Equal([0f, 0f, 0f, 0f], a[0].data<float>().ToArray());
    }

    [Fact]
    public void Errors_name_the_operator_and_the_shapes()
    {
        using var a = zeros(2, 3);
        var error = Assert.Throws<ExternalException>(() => a.matmul(a));
        Assert.Contains("matmul", error.Message, StringComparison.Ordinal);
        Assert.Contains("[2, 3]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_disposed_tensor_says_so()
    {
        var a = zeros(1);
        a.Dispose();
        Assert.Throws<ObjectDisposedException>(() => a.sum());
    }

    [Fact]
    public void Scopes_dispose_what_was_made_in_them_and_spare_what_was_moved_out()
    {
        Tensor kept, lost;
        using (NewDisposeScope())
        {
            lost = zeros(3);
            kept = ones(3).MoveToOuterDisposeScope();
        }

        Assert.True(lost.IsInvalid);
        Assert.Equal(3f, kept.sum().ToSingle());
        kept.Dispose();
    }

    [Fact]
    public void Half_precision_and_integers_convert()
    {
        using var scope = NewDisposeScope();
        var half = tensor([1.5f, -2f]).to(float16);
        Assert.Equal([(Half)1.5f, (Half)(-2f)], half.data<Half>().ToArray());
        Assert.Equal([1L, -2L], half.to(int64).data<long>().ToArray());
    }

    [Fact]
    public void Fourier_transforms_invert_each_other()
    {
        using var scope = NewDisposeScope();
        var signal = tensor([1f, 2f, -1f, 0.5f, 3f, 0f, 1f, -2f]);
        var back = fft.irfft(fft.rfft(signal, 16), 16).slice(0, 0, 8, 1);
        Assert.True((back - signal).abs().max().ToSingle() < 1e-6);
    }
}
