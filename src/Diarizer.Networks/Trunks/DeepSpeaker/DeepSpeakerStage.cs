using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Diarizer.Networks.Trunks.DeepSpeaker;

/// <summary>Halves frequency and time by a 5x5 convolution of stride 2, then residual blocks: [B, I, F, T] to [B, O, ⌈F/2⌉, ⌈T/2⌉].</summary>
internal sealed class DeepSpeakerStage : nn.Module<Tensor, Tensor>
{
    private readonly Conv2d conv;
    private readonly BatchNorm2d bn;
    private readonly Sequential blocks;

    public DeepSpeakerStage(int inputs, int outputs, int count, bool bottleneck)
        : base(nameof(DeepSpeakerStage))
    {
        conv = nn.Conv2d(inputs, outputs, 5, stride: 2, padding: 2, bias: false);
        bn = nn.BatchNorm2d(outputs);
        blocks = nn.Sequential(Enumerable.Range(0, count).Select(i => ($"{i}", (nn.Module<Tensor, Tensor>)new DeepSpeakerBlock(outputs, bottleneck))));
        RegisterComponents();
    }

    /// <summary>Number type of the blocks; the convolution in front of them computes in that of its input.</summary>
    public ScalarType TrunkType { get; set; } = ScalarType.Float32;

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var x = ClippedRelu.Apply(bn.call(ChannelsLast.Lay(MixedPrecision.Convolve(conv, input, (2, 2), 2))));
        return blocks.call(x.to(TrunkType)).MoveToOuterDisposeScope();
    }
}
