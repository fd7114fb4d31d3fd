using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Diarizer.Networks.Trunks.FrequencyTime;

/// <summary>Residual block on [B, C, T, F]: conv1, bn1, ReLU, conv2, bn2, attention, add, ReLU.</summary>
internal sealed class AttentionBlock : nn.Module<Tensor, Tensor>
{
    private readonly Conv2d conv1;
    private readonly BatchNorm2d bn1;
    private readonly Conv2d conv2;
    private readonly BatchNorm2d bn2;
    private readonly FrequencyTimeAttention CBAM_layer;

    public AttentionBlock(int channels)
        : base(nameof(AttentionBlock))
    {
        conv1 = nn.Conv2d(channels, channels, 3, padding: 1, bias: false);
        bn1 = nn.BatchNorm2d(channels);
        conv2 = nn.Conv2d(channels, channels, 3, padding: 1, bias: false);
        bn2 = nn.BatchNorm2d(channels);
        CBAM_layer = new FrequencyTimeAttention(channels);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var x = Convolve(conv2, bn2, Convolve(conv1, bn1, input).relu_());
        return CBAM_layer.call(x).add_(input).relu_().MoveToOuterDisposeScope();
    }

    private static Tensor Convolve(Conv2d layer, BatchNorm2d norm, Tensor x) => norm.call(MixedPrecision.Convolve(layer, x, (1, 1), 1));
}
