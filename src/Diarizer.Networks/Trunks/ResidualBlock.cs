using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Diarizer.Networks.Trunks;

/// <summary>Residual block (He et al. 2016): conv1, bn1, ReLU, conv2, bn2, add, ReLU on [B, C, F, T].</summary>
internal sealed class ResidualBlock : nn.Module<Tensor, Tensor>
{
    private readonly Conv2d conv1;
    private readonly BatchNorm2d bn1;
    private readonly Conv2d conv2;
    private readonly BatchNorm2d bn2;
    private readonly Sequential? shortcut;

    // The same two layers as shortcut's; in a tuple, so that their parameters are not registered twice.
    private readonly (Conv2d Layer, BatchNorm2d Norm)? _projection;
    private readonly (long, long) _stride;

    public ResidualBlock(int inputs, int outputs, int stride)
        : base(nameof(ResidualBlock))
    {
        _stride = (stride, stride);
        conv1 = nn.Conv2d(inputs, outputs, kernel_size: 3, stride: stride, padding: 1, bias: false);
        bn1 = nn.BatchNorm2d(outputs);
        conv2 = nn.Conv2d(outputs, outputs, kernel_size: 3, padding: 1, bias: false);
        bn2 = nn.BatchNorm2d(outputs);
        if (stride != 1 || inputs != outputs)
        {
            var (layer, norm) = (nn.Conv2d(inputs, outputs, kernel_size: 1, stride: stride, bias: false), nn.BatchNorm2d(outputs));
            _projection = (layer, norm);
            shortcut = nn.Sequential(("0", layer), ("1", norm));
        }
        RegisterComponents();
    }

    /// <summary>A stage of blocks; the first one changes the channels and strides.</summary>
    public static Sequential Stage(int inputs, int outputs, int blocks, int stride)
    {
        var stage = new List<(string, nn.Module<Tensor, Tensor>)>();
        for (int i = 0; i < blocks; i++)
            stage.Add(($"{i}", new ResidualBlock(i == 0 ? inputs : outputs, outputs, i == 0 ? stride : 1)));
        return nn.Sequential(stage);
    }

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var x = bn1.call(MixedPrecision.Convolve(conv1, input, _stride, 1)).relu_();
        x = bn2.call(MixedPrecision.Convolve(conv2, x, (1, 1), 1));
        var around = _projection is { } projection ? projection.Norm.call(MixedPrecision.Convolve(projection.Layer, input, _stride, 0)) : input;
        return x.add_(around).relu_().MoveToOuterDisposeScope();
    }
}
