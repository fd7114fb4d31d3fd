using Diarizer.Networks.Trunks.FrequencyTime;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Diarizer.Networks.Trunks;

/// <summary>
/// Thin ResNet-34 of Chung et al. 2020, "Delving into VoxCeleb", as compared in "In defence of metric learning": a quarter of ResNet-34's channels
/// on a spectrogram, full time resolution up to the second stage, squeeze-and-excitation. Log spectrogram [B, bins, T] in, embeddings [B, D] out
/// (not normalised). Parameters carry the names of the published code (<c>ResNetSE34</c> of voxceleb_trainer).
/// </summary>
public sealed class ThinResNet34 : nn.Module<Tensor, Tensor>, IMixedPrecisionTrunk, IAffineOutput, IFrequencyAttentive
{
    /// <summary>The network's name in model cards.</summary>
    public const string NetworkName = "thin-resnet-34";

    private readonly InstanceNorm1d _normalise;
    private readonly FrequencyAttention? mask_layer;
    private readonly Conv2d conv1;
    private readonly BatchNorm2d bn1;
    private readonly Sequential layer1;
    private readonly Sequential layer2;
    private readonly Sequential layer3;
    private readonly Sequential layer4;
    private readonly Linear? sap_linear;
    private readonly Parameter? attention;
    private readonly Linear fc;

    /// <summary>Builds the network with fresh weights (Kaiming normal, fan out, for convolutions).</summary>
    /// <param name="options">Its shape.</param>
    /// <param name="frequencyAttention">Adds a <see cref="FrequencyAttention"/> behind the normalisation of the input.</param>
    /// <exception cref="UserErrorException">An option is out of bounds.</exception>
    public ThinResNet34(ThinResNet34Options? options = null, bool frequencyAttention = false)
        : base(nameof(ThinResNet34))
    {
        Options = (options ?? new ThinResNet34Options()).Validated();
        var channels = Options.Channels;
        _normalise = nn.InstanceNorm1d(Options.InputBins);
        conv1 = nn.Conv2d(1, channels[0], (7L, 7L), (2L, 1L), (3L, 3L), bias: false);
        bn1 = nn.BatchNorm2d(channels[0]);
        layer1 = SqueezeBlock.Stage(channels[0], channels[0], Options.Blocks[0], 1, Options.SqueezeReduction);
        layer2 = SqueezeBlock.Stage(channels[0], channels[1], Options.Blocks[1], 2, Options.SqueezeReduction);
        layer3 = SqueezeBlock.Stage(channels[1], channels[2], Options.Blocks[2], 2, Options.SqueezeReduction);
        layer4 = SqueezeBlock.Stage(channels[2], channels[3], Options.Blocks[3], 2, Options.SqueezeReduction);
        (sap_linear, attention) = AttentivePooling.Create(Options.Pooling, channels[3], channels[3]);
        fc = nn.Linear(AttentivePooling.OutputSize(Options.Pooling, channels[3]), Options.OutputSize);
        mask_layer = frequencyAttention ? new FrequencyAttention(Options.InputBins) : null;
        RegisterComponents();
        FreshWeights.KaimingFanOut(this);
    }

    /// <summary>The options it was built with.</summary>
    public ThinResNet34Options Options { get; }

    /// <inheritdoc/>
    public string Name => NetworkName;

    /// <inheritdoc/>
    public int InputBins => Options.InputBins;

    /// <inheritdoc/>
    public int OutputSize => Options.OutputSize;

    /// <inheritdoc/>
    public int MinimumFrames => 8;

    /// <inheritdoc/>
    public FrequencyAttention? Attention => mask_layer;

    /// <inheritdoc/>
    public Linear Output => fc;

    /// <inheritdoc/>
    public ScalarType TrunkType { get; set; } = ScalarType.Float32;

    /// <summary>Embeds a batch.</summary>
    /// <param name="input">Log spectrogram [B, bins, T].</param>
    /// <returns>[B, <see cref="OutputSize"/>].</returns>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var x = _normalise.call(input);
        x = (mask_layer?.call(x) ?? x).unsqueeze(1);
        x = bn1.call(ChannelsLast.Lay(MixedPrecision.Convolve(conv1, x.to(TrunkType), (2, 1), 3))).relu_();
        x = nn.functional.max_pool2d(x, [3, 3], [2, 1], [1, 1]);
        x = layer4.call(layer3.call(layer2.call(layer1.call(x)))).to(ScalarType.Float32);
        var frames = x.mean([2L]).transpose(1, 2);
        return fc.call(AttentivePooling.Pool(frames, sap_linear, attention, Options.Pooling)).MoveToOuterDisposeScope();
    }
}
