using Diarizer.Networks.Trunks.FrequencyTime;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Diarizer.Networks.Trunks.TimeDelay;

/// <summary>
/// ECAPA-TDNN (Desplanques et al. 2020): three SE-Res2Blocks of growing dilation, each of which sees the sum of all before, their outputs aggregated,
/// attentive statistics per channel with the utterance's own statistics as context, one linear layer. Log-mel [B, mel, T] in, embeddings [B, D]
/// out (not normalised). Parameters carry the names of the public implementation by Tao Ruijie; <see cref="EcapaVariant"/> lists the others.
/// </summary>
public sealed class EcapaTdnn : nn.Module<Tensor, Tensor>, IFrequencyAttentive
{
    /// <summary>The network's name in model cards.</summary>
    public const string NetworkName = "ecapa-tdnn";

    private const int FirstKernel = 5;

    private readonly FrequencyAttention? mask_layer;
    private readonly Conv1d conv1;
    private readonly BatchNorm1d bn1;
    private readonly Res2Block layer1;
    private readonly Res2Block layer2;
    private readonly Res2Block layer3;
    private readonly Conv1d layer4;
    private readonly BatchNorm1d? bn4;
    private readonly Sequential attention;
    private readonly BatchNorm1d bn5;
    private readonly Linear fc6;
    private readonly BatchNorm1d? bn6;
    private readonly EcapaForm _form;

    /// <summary>Builds the network with fresh weights.</summary>
    /// <param name="options">Its shape.</param>
    /// <param name="frequencyAttention">Adds a <see cref="FrequencyAttention"/> behind the normalisation of the input.</param>
    /// <exception cref="UserErrorException">An option is out of bounds.</exception>
    public EcapaTdnn(EcapaTdnnOptions? options = null, bool frequencyAttention = false)
        : base(nameof(EcapaTdnn))
    {
        Options = (options ?? new EcapaTdnnOptions()).Validated();
        _form = EcapaForm.Of(Options.Variant);
        var (channels, pooled) = (Options.Channels, Options.PooledChannels);
        conv1 = TimeConvolution.Create(Options.InputBins, channels, FirstKernel, 1, _form.Padding);
        bn1 = nn.BatchNorm1d(channels);
        layer1 = new Res2Block(channels, 2, Options.Scale, Options.GateSize, _form);
        layer2 = new Res2Block(channels, 3, Options.Scale, Options.GateSize, _form);
        layer3 = new Res2Block(channels, 4, Options.Scale, Options.GateSize, _form);
        layer4 = nn.Conv1d(3 * channels, pooled, 1);
        bn4 = _form.NormalisesAggregate ? nn.BatchNorm1d(pooled) : null;
        attention = EcapaPooling.CreateAttention(Options, _form);
        bn5 = nn.BatchNorm1d(2 * pooled);
        fc6 = nn.Linear(2 * pooled, Options.OutputSize);
        bn6 = Options.NormaliseOutput ? nn.BatchNorm1d(Options.OutputSize) : null;
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
    /// <remarks>Reflection needs more frames than the widest convolution, of dilation 4, reaches beyond an end.</remarks>
    public int MinimumFrames => _form.Padding == PaddingModes.Zeros ? 2 : 5;

    /// <inheritdoc/>
    public FrequencyAttention? Attention => mask_layer;

    /// <summary>Embeds a batch.</summary>
    /// <param name="input">Log-mel [B, mel, T]; each band's mean over time is taken off it.</param>
    /// <returns>[B, <see cref="OutputSize"/>].</returns>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var x = input - input.mean([2L], keepdim: true);
        x = bn1.call(TimeConvolution.Apply(conv1, mask_layer?.call(x) ?? x, 1, _form.Padding).relu());
        var first = layer1.call(x);
        var second = layer2.call(_form.SeesAllBefore ? x + first : first);
        var third = layer3.call(_form.SeesAllBefore ? x + first + second : second);
        x = layer4.call(cat([first, second, third], 1)).relu();
        x = bn4?.call(x) ?? x;
        x = fc6.call(bn5.call(EcapaPooling.Pool(x, attention, Options.GlobalContext, _form)));
        return (bn6?.call(x) ?? x).MoveToOuterDisposeScope();
    }
}
