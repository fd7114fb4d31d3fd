using TorchSharp;
using static TorchSharp.torch;

namespace Diarizer.Networks.Trunks;

/// <summary>
/// The order in memory in which processors and GPUs convolve fastest: all channels of one place beside each other. Convolutions, normalisation and pooling
/// keep the order of their input, so it is chosen once, where a trunk has its first channels.
/// </summary>
internal static class ChannelsLast
{
    /// <summary>The same values [B, C, F, T], with the channels next to each other in memory.</summary>
    public static Tensor Lay(Tensor x) => x.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);
}
