using Diarizer.Networks.Trunks.FrequencyTime;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Diarizer.Networks.Trunks.TimeDelay;

/// <summary>
/// ECAPA-TDNN (Desplanques et al. 2020): three SE-Res2Blocks of growing dilation, each of which sees the sum of all before, their outputs aggregated,
/// attentive statistics per channel with the utterance's own statistics as context, one linear layer. Log-mel [B, mel, T] in, embeddings [B, D]
/// out (not normalised). Parameters carry the names of the public implementation by Tao Ruijie.
/// </summary>
public sealed class EcapaTdnn : nn.Module<Tensor, Tensor>, IFrequencyAttentive
{
    /// <summary>The network's name in model cards.</summary>
    public const string NetworkName = "ecapa-tdnn";

    private const double LeastVariance = 1e-4;

    private readonly FrequencyAttention? mask_layer;
    private readonly Conv1d conv1;
    private readonly BatchNorm1d bn1;
    private readonly Res2Block layer1;
    private readonly Res2Block layer2;
    private readonly Res2Block layer3;
    private readonly Conv1d layer4;
    private readonly Sequential attention;
    private readonly BatchNorm1d bn5;
    private readonly Linear fc6;
    private readonly BatchNorm1d bn6;

    /// <summary>Builds the network with fresh weights.</summary>
    /// <param name="options">Its shape.</param>
    /// <param name="frequencyAttention">Adds a <see cref="FrequencyAttention"/> behind the normalisation of the input.</param>
    /// <exception cref="UserErrorException">An option is out of bounds.</exception>
    public EcapaTdnn(EcapaTdnnOptions? options = null, bool frequencyAttention = false)
        : base(nameof(EcapaTdnn))
    {
        Options = (options ?? new EcapaTdnnOptions()).Validated();
        var (channels, pooled) = (Options.Channels, Options.PooledChannels);
        conv1 = nn.Conv1d(Options.InputBins, channels, 5, padding: 2);
        bn1 = nn.BatchNorm1d(channels);
        layer1 = new Res2Block(channels, 2, Options.Scale, Options.GateSize);
        layer2 = new Res2Block(channels, 3, Options.Scale, Options.GateSize);
        layer3 = new Res2Block(channels, 4, Options.Scale, Options.GateSize);
        layer4 = nn.Conv1d(3 * channels, pooled, 1);
        attention = nn.Sequential(
            ("0", nn.Conv1d(3 * pooled, Options.AttentionSize, 1)),
            ("1", nn.ReLU()),
            ("2", nn.BatchNorm1d(Options.AttentionSize)),
            ("3", nn.Tanh()),
            ("4", nn.Conv1d(Options.AttentionSize, pooled, 1)));
        bn5 = nn.BatchNorm1d(2 * pooled);
        fc6 = nn.Linear(2 * pooled, Options.OutputSize);
        bn6 = nn.BatchNorm1d(Options.OutputSize);
        mask_layer = frequencyAttention ? new FrequencyAttention(Options.InputBins) : null;
        RegisterComponents();
    }

    /// <summary>The options it was built with.</summary>
    public EcapaTdnnOptions Options { get; }

    /// <inheritdoc/>
    public string Name => NetworkName;

    /// <inheritdoc/>
    public int InputBins => Options.InputBins;

    /// <inheritdoc/>
    public int OutputSize => Options.OutputSize;

    /// <inheritdoc/>
    public int MinimumFrames => 2;

    /// <inheritdoc/>
    public FrequencyAttention? Attention => mask_layer;

    /// <summary>Embeds a batch.</summary>
    /// <param name="input">Log-mel [B, mel, T]; each band's mean over time is taken off it.</param>
    /// <returns>[B, <see cref="OutputSize"/>].</returns>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var x = input - input.mean([2L], keepdim: true);
        x = bn1.call(conv1.call(mask_layer?.call(x) ?? x).relu());
        var first = layer1.call(x);
        var second = layer2.call(x + first);
        var third = layer3.call(x + first + second);
        x = layer4.call(cat([first, second, third], 1)).relu();
        return bn6.call(fc6.call(bn5.call(Pool(x)))).MoveToOuterDisposeScope();
    }

    /// <summary>Attentive statistics of frames [B, P, T]: [B, 2P].</summary>
    private Tensor Pool(Tensor frames)
    {
        var mean = frames.mean([2L], keepdim: true);
        var deviation = frames.var([2L], unbiased: true, keepdim: true).clamp_min(LeastVariance).sqrt();
        var context = cat([frames, mean.expand(frames.shape), deviation.expand(frames.shape)], 1);
        var weights = attention.call(context).softmax(2);
        var weightedMean = (frames * weights).sum(2);
        var variance = (frames * frames * weights).sum(2) - weightedMean * weightedMean;
        return cat([weightedMean, variance.clamp_min(LeastVariance).sqrt()], 1);
    }
}
