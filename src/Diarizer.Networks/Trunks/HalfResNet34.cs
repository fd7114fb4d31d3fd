using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Diarizer.Networks.Trunks;

/// <summary>
/// Half ResNet-34 of Kwon et al. 2021, "The ins and outs of speaker recognition: lessons from VoxSRC 2020": half of ResNet-34's channels, no early stride,
/// squeeze-and-excitation, attention of its own for each channel at each frequency. Log-mel [B, mel, T] in, embeddings [B, D] out (not
/// normalised). Parameters carry the names of the published code (<c>ResNetSE34V2</c> of voxceleb_trainer).
/// </summary>
public sealed class HalfResNet34 : nn.Module<Tensor, Tensor>, IMixedPrecisionTrunk, IAffineOutput
{
    /// <summary>The network's name in model cards.</summary>
    public const string NetworkName = "half-resnet-34";

    private readonly InstanceNorm1d _normalise;
    private readonly Conv2d conv1;
    private readonly BatchNorm2d bn1;
    private readonly Sequential layer1;
    private readonly Sequential layer2;
    private readonly Sequential layer3;
    private readonly Sequential layer4;
    private readonly Sequential attention;
    private readonly Linear fc;

    /// <summary>Builds the network with fresh weights (Kaiming normal, fan out, for convolutions).</summary>
    /// <exception cref="UserErrorException">An option is out of bounds.</exception>
    public HalfResNet34(HalfResNet34Options? options = null)
        : base(nameof(HalfResNet34))
    {
        Options = (options ?? new HalfResNet34Options()).Validated();
        var channels = Options.Channels;
        _normalise = nn.InstanceNorm1d(Options.MelBins);
        conv1 = nn.Conv2d(1, channels[0], kernel_size: 3, padding: 1);
        bn1 = nn.BatchNorm2d(channels[0]);
        layer1 = SqueezeBlock.Stage(channels[0], channels[0], Options.Blocks[0], 1, Options.SqueezeReduction);
        layer2 = SqueezeBlock.Stage(channels[0], channels[1], Options.Blocks[1], 2, Options.SqueezeReduction);
        layer3 = SqueezeBlock.Stage(channels[1], channels[2], Options.Blocks[2], 2, Options.SqueezeReduction);
        layer4 = SqueezeBlock.Stage(channels[2], channels[3], Options.Blocks[3], 2, Options.SqueezeReduction);
        int size = Options.FrameSize;
        attention = nn.Sequential(
            ("0", nn.Conv1d(size, Options.AttentionSize, 1)),
            ("1", nn.ReLU()),
            ("2", nn.BatchNorm1d(Options.AttentionSize)),
            ("3", nn.Conv1d(Options.AttentionSize, size, 1)));
        fc = nn.Linear(AttentivePooling.OutputSize(Options.Pooling, size), Options.OutputSize);
        RegisterComponents();
        FreshWeights.KaimingFanOut(this);
    }

    /// <summary>The options it was built with.</summary>
    public HalfResNet34Options Options { get; }

    /// <inheritdoc/>
    public string Name => NetworkName;

    /// <inheritdoc/>
    public int InputBins => Options.MelBins;

    /// <inheritdoc/>
    public int OutputSize => Options.OutputSize;

    /// <inheritdoc/>
    public int MinimumFrames => 8;

    /// <inheritdoc/>
    public Linear Output => fc;

    /// <inheritdoc/>
    public ScalarType TrunkType { get; set; } = ScalarType.Float32;

    /// <summary>Embeds a batch.</summary>
    /// <param name="input">Log-mel [B, mel, T].</param>
    /// <returns>[B, <see cref="OutputSize"/>].</returns>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var x = bn1.call(ChannelsLast.Lay(conv1.call(_normalise.call(input).unsqueeze(1))).relu_()).to(TrunkType);
        x = layer4.call(layer3.call(layer2.call(layer1.call(x)))).to(ScalarType.Float32);
        return fc.call(Pool(x.flatten(1, 2))).MoveToOuterDisposeScope();
    }

    /// <summary>Pools frames [B, S, T] to [B, S], or to [B, 2S] with statistics.</summary>
    private Tensor Pool(Tensor frames)
    {
        var weights = attention.call(frames).softmax(2);
        var mean = (frames * weights).sum(2);
        if (Options.Pooling == PoolingKind.SelfAttentive)
            return mean;
        var variance = (frames * frames * weights).sum(2) - mean * mean;
        return cat([mean, variance.clamp_min(AttentivePooling.LeastVariance).sqrt()], 1);
    }
}
