using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Diarizer.Networks.Trunks.DeepSpeaker;

/// <summary>
/// Residual block on [B, C, F, T] with clipped ReLUs: two 3x3 convolutions (Li et al. 2017, figure 2), or 1x1, 3x3, 1x1 without a change of
/// width in the bottleneck form.
/// </summary>
internal sealed class DeepSpeakerBlock : nn.Module<Tensor, Tensor>
{
    private readonly ModuleList<Conv2d> convs;
    private readonly ModuleList<BatchNorm2d> bns;
    private readonly int[] _kernels;

    public DeepSpeakerBlock(int channels, bool bottleneck)
        : base(nameof(DeepSpeakerBlock))
    {
        _kernels = bottleneck ? [1, 3, 1] : [3, 3];
        convs = nn.ModuleList<Conv2d>([.. _kernels.Select(size => nn.Conv2d(channels, channels, size, padding: size / 2, bias: false))]);
        bns = nn.ModuleList<BatchNorm2d>([.. _kernels.Select(_ => nn.BatchNorm2d(channels))]);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var x = input;
        int last = convs.Count - 1;
        for (int i = 0; i < last; i++)
            x = ClippedRelu.Apply(bns[i].call(Convolve(i, x)));
        x = bns[last].call(Convolve(last, x));
        return ClippedRelu.Apply(x.add_(input)).MoveToOuterDisposeScope();
    }

    private Tensor Convolve(int layer, Tensor x) => MixedPrecision.Convolve(convs[layer], x, (1, 1), _kernels[layer] / 2);
}
