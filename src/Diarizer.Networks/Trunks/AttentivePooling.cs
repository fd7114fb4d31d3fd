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
    internal const double LeastVariance = 1e-5;

    /// <summary>The parameters that a kind of pooling needs: none for the temporal average.</summary>
    /// <param name="kind">How frames become one vector.</param>
    /// <param name="width">C.</param>
    /// <param name="hidden">Length of v.</param>
    public static (Linear? Projection, Parameter? Attention) Create(PoolingKind kind, int width, int hidden) => kind == PoolingKind.TemporalAverage
        ? (null, null)
        : (nn.Linear(width, hidden), new Parameter(nn.init.xavier_normal_(empty(hidden, 1))));

    /// <summary>Length of the pooled vector of frames of length <paramref name="width"/>.</summary>
    public static int OutputSize(PoolingKind kind, int width) => kind == PoolingKind.AttentiveStatistics ? 2 * width : width;

    public static Tensor Pool(Tensor frames, Linear? projection, Parameter? attention, PoolingKind kind)
    {
        if (projection is null || attention is null)
            return frames.mean([1L]);
        var hidden = projection.call(frames).tanh();
        var weights = hidden.matmul(attention).softmax(1);
        var mean = (frames * weights).sum(1);
        if (kind == PoolingKind.SelfAttentive)
            return mean;
        var variance = (frames * frames * weights).sum(1) - mean * mean;
        return cat([mean, variance.clamp_min(LeastVariance).sqrt()], 1);
    }
}
