using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Diarizer.Networks.Trunks.TimeDelay;

/// <summary>Attentive statistics of ECAPA-TDNN: each channel of frames [B, P, T] has weights of its own, and the attention may see the utterance's statistics.</summary>
internal static class EcapaPooling
{
    /// <summary>The attention [B, P or 3P, T] to [B, P, T], with the published names.</summary>
    public static Sequential CreateAttention(EcapaTdnnOptions options, EcapaForm form)
    {
        int inputs = (options.GlobalContext ? 3 : 1) * options.PooledChannels;
        var layers = new List<(string, nn.Module<Tensor, Tensor>)> { ("0", nn.Conv1d(inputs, options.AttentionSize, 1)) };
        if (form.NormalisesAttention)
            layers.AddRange([("1", nn.ReLU()), ("2", nn.BatchNorm1d(options.AttentionSize))]);
        layers.AddRange([("3", nn.Tanh()), ("4", nn.Conv1d(options.AttentionSize, options.PooledChannels, 1))]);
        return nn.Sequential(layers);
    }

    /// <summary>Weighted means and deviations: [B, 2P].</summary>
    public static Tensor Pool(Tensor frames, Sequential attention, bool globalContext, EcapaForm form)
    {
        var weights = attention.call(globalContext ? WithContext(frames, form) : frames).softmax(2);
        var mean = (frames * weights).sum(2);
        var variance = form.SquaresDeviations
            ? ((frames - mean.unsqueeze(2)).pow(2) * weights).sum(2)
            : (frames * frames * weights).sum(2) - mean * mean;
        return cat([mean, variance.clamp_min(form.LeastVariance).sqrt()], 1);
    }

    private static Tensor WithContext(Tensor frames, EcapaForm form)
    {
        var mean = frames.mean([2L], keepdim: true);
        var variance = frames.var([2L], unbiased: !form.SquaresDeviations, keepdim: true) + form.ContextVarianceOffset;
        var deviation = variance.clamp_min(form.LeastContextVariance).sqrt();
        return cat([frames, mean.expand(frames.shape), deviation.expand(frames.shape)], 1);
    }
}
