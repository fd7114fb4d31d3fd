using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Diarizer.Networks.Trunks;

/// <summary>
/// Pools frames [B, T, C] to [B, C], or to [B, 2C] with statistics. Attention is softmax over time of tanh(W x + b)·v; the parameters belong to
/// the trunk so that their names in a weights file are those of the published models.
/// </summary>
internal static class AttentivePooling
{
    /// <summary>Smallest variance under the square root, as in the published model.</summary>
    private const double LeastVariance = 1e-5;

    public static Tensor Pool(Tensor frames, Linear projection, Parameter attention, PoolingKind kind)
    {
        var hidden = projection.call(frames).tanh();
        var weights = hidden.matmul(attention).softmax(1);
        var mean = (frames * weights).sum(1);
        if (kind == PoolingKind.SelfAttentive)
            return mean;
        var variance = (frames * frames * weights).sum(1) - mean * mean;
        return cat([mean, variance.clamp_min(LeastVariance).sqrt()], 1);
    }
}
