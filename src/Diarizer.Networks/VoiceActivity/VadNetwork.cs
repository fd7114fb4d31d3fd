using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Diarizer.Networks.VoiceActivity;

/// <summary>
/// Frame-wise speech logits: two convolutions over time, a GRU and a linear output; about 85 k parameters. Log-mel [B, T, mel] in, logits
/// [B, T] out. The normalised input is padded with <see cref="LookAhead"/> zero (that is, average) frames on both sides and the convolutions
/// run unpadded, so that logit t depends on frames 0 to t + LookAhead and streaming can repeat the computation exactly.
/// </summary>
public sealed class VadNetwork : nn.Module<Tensor, Tensor>
{
    /// <summary>The network's name in model cards.</summary>
    public const string NetworkName = "conv-gru-vad";

    private readonly Conv1d conv1;
    private readonly Conv1d conv2;
    private readonly GRU gru;
    private readonly Linear output;
    private readonly Tensor feature_mean;
    private readonly Tensor feature_std;

    /// <summary>Builds the network with fresh weights; it normalises by mean 0 and deviation 1 until <see cref="SetNormalisation"/>.</summary>
    /// <exception cref="UserErrorException">An option is out of bounds.</exception>
    public VadNetwork(VadNetworkOptions? options = null)
        : base(nameof(VadNetwork))
    {
        Options = (options ?? new VadNetworkOptions()).Validated();
        int kernel = 2 * Options.Reach + 1;
        conv1 = nn.Conv1d(Options.MelBins, Options.Channels, kernel);
        conv2 = nn.Conv1d(Options.Channels, Options.Channels, kernel);
        gru = nn.GRU(Options.Channels, Options.HiddenSize, Options.Layers, batchFirst: true);
        output = nn.Linear(Options.HiddenSize, 1);
        feature_mean = zeros(Options.MelBins).DetachFromDisposeScope();
        feature_std = ones(Options.MelBins).DetachFromDisposeScope();
        RegisterComponents();
    }

    /// <summary>The options it was built with.</summary>
    public VadNetworkOptions Options { get; }

    /// <summary>Frames after t that logit t depends on.</summary>
    public int LookAhead => 2 * Options.Reach;

    /// <summary>Sets the mean and the standard deviation of the training features, one value a mel band.</summary>
    public void SetNormalisation(float[] mean, float[] deviation)
    {
        ArgumentNullException.ThrowIfNull(mean);
        ArgumentNullException.ThrowIfNull(deviation);
        if (mean.Length != Options.MelBins || deviation.Length != Options.MelBins || deviation.Any(d => !(d > 0)))
            throw new ArgumentException($"Normalisation takes {Options.MelBins} means and as many positive deviations.");
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        feature_mean.copy_(tensor(mean));
        feature_std.copy_(tensor(deviation));
    }

    /// <summary>Speech logits of a batch.</summary>
    /// <param name="input">Log-mel [B, T, mel].</param>
    /// <returns>[B, T].</returns>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var x = ((input - feature_mean) / feature_std).transpose(1, 2);
        x = nn.functional.pad(x, [LookAhead, LookAhead]);
        x = conv2.call(conv1.call(x).relu()).relu().transpose(1, 2);
        var (hidden, _) = gru.call(x);
        return output.call(hidden).squeeze(2).MoveToOuterDisposeScope();
    }
}
