using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Diarizer.Networks.Trunks;

/// <summary>First weights that differ from libtorch's own.</summary>
internal static class FreshWeights
{
    /// <summary>Kaiming normal, fan out, for all convolutions below a network (He et al. 2015).</summary>
    public static void KaimingFanOut(nn.Module network)
    {
        foreach (var module in network.modules())
        {
            var weight = module switch
            {
                Conv2d convolution => convolution.weight,
                Conv1d convolution => convolution.weight,
                _ => null,
            };
            if (weight is not null)
                nn.init.kaiming_normal_(weight, mode: nn.init.FanInOut.FanOut, nonlinearity: nn.init.NonlinearityType.ReLU);
        }
    }
}
