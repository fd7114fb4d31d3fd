using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Diarizer.Networks.Trunks;

/// <summary>Scales each channel of [B, C, F, T] by a gate computed from all channels' means (Hu et al. 2018).</summary>
internal sealed class SqueezeExcitation : nn.Module<Tensor, Tensor>
{
    private readonly Sequential fc;

    public SqueezeExcitation(int channels, int reduction)
        : base(nameof(SqueezeExcitation))
    {
        fc = nn.Sequential(
            ("0", nn.Linear(channels, channels / reduction)),
            ("1", nn.ReLU()),
            ("2", nn.Linear(channels / reduction, channels)),
            ("3", nn.Sigmoid()));
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        var gate = fc.call(input.mean([2L, 3L]).to(ScalarType.Float32));
        return input * gate.unsqueeze(2).unsqueeze(3).to(input.dtype);
    }
}
