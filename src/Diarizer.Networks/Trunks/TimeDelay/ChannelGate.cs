using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Diarizer.Networks.Trunks.TimeDelay;

/// <summary>Scales each channel of [B, C, T] by a gate computed from all channels' means over time (Hu et al. 2018).</summary>
internal sealed class ChannelGate : nn.Module<Tensor, Tensor>
{
    // The published module's first child is the averaging, which has no parameters; hence the names from 1.
    private readonly Sequential se;

    public ChannelGate(int channels, int bottleneck)
        : base(nameof(ChannelGate))
    {
        se = nn.Sequential(
            ("1", nn.Conv1d(channels, bottleneck, 1)),
            ("2", nn.ReLU()),
            ("3", nn.Conv1d(bottleneck, channels, 1)),
            ("4", nn.Sigmoid()));
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        return (input * se.call(input.mean([2L], keepdim: true))).MoveToOuterDisposeScope();
    }
}
