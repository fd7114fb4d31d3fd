using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Diarizer.Networks.Trunks;

/// <summary>
/// ResNet-34 with mean and deviation over time, the "r-vector" of Zeinali et al. 2019 as WeSpeaker trains it (Wang et al. 2023). Log-mel [B, mel, T] in,
/// embeddings [B, D] out (not normalised). Parameters carry WeSpeaker's names.
/// </summary>
public sealed class ResNet34 : nn.Module<Tensor, Tensor>, IMixedPrecisionTrunk, IAffineOutput
{
    /// <summary>The network's name in model cards.</summary>
    public const string NetworkName = "resnet-34";

    internal const double VarianceOffset = 1e-7;

    private readonly Conv2d conv1;
    private readonly BatchNorm2d bn1;
    private readonly Sequential layer1;
    private readonly Sequential layer2;
    private readonly Sequential layer3;
    private readonly Sequential layer4;
    private readonly Linear seg_1;
    private readonly BatchNorm1d? seg_bn_1;
    private readonly Linear? seg_2;

    /// <summary>Builds the network with fresh weights (Kaiming normal, fan out, for convolutions).</summary>
    /// <exception cref="UserErrorException">An option is out of bounds.</exception>
    public ResNet34(ResNet34Options? options = null)
        : base(nameof(ResNet34))
    {
        Options = (options ?? new ResNet34Options()).Validated();
        var channels = Options.Channels;
        conv1 = nn.Conv2d(1, channels[0], kernel_size: 3, padding: 1, bias: false);
        bn1 = nn.BatchNorm2d(channels[0]);
        layer1 = ResidualBlock.Stage(channels[0], channels[0], Options.Blocks[0], 1);
        layer2 = ResidualBlock.Stage(channels[0], channels[1], Options.Blocks[1], 2);
        layer3 = ResidualBlock.Stage(channels[1], channels[2], Options.Blocks[2], 2);
        layer4 = ResidualBlock.Stage(channels[2], channels[3], Options.Blocks[3], 2);
        seg_1 = nn.Linear(2 * Options.FrameSize, Options.OutputSize);
        if (Options.SecondLayer)
        {
            seg_bn_1 = nn.BatchNorm1d(Options.OutputSize, affine: false);
            seg_2 = nn.Linear(Options.OutputSize, Options.OutputSize);
        }
        RegisterComponents();
        FreshWeights.KaimingFanOut(this);
    }

    /// <summary>The options it was built with.</summary>
    public ResNet34Options Options { get; }

    /// <inheritdoc/>
    public string Name => NetworkName;

    /// <inheritdoc/>
    public int InputBins => Options.MelBins;

    /// <inheritdoc/>
    public int OutputSize => Options.OutputSize;

    /// <inheritdoc/>
    /// <remarks>Three halvings must leave two frames, or there is no deviation.</remarks>
    public int MinimumFrames => 9;

    /// <inheritdoc/>
    public Linear Output => seg_2 ?? seg_1;

    /// <inheritdoc/>
    public ScalarType TrunkType { get; set; } = ScalarType.Float32;

    /// <summary>Embeds a batch.</summary>
    /// <param name="input">Log-mel [B, mel, T]; each band's mean over time is taken off it.</param>
    /// <returns>[B, <see cref="OutputSize"/>].</returns>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var x = (input - input.mean([2L], keepdim: true)).unsqueeze(1);
        x = bn1.call(ChannelsLast.Lay(MixedPrecision.Convolve(conv1, x.to(TrunkType), (1, 1), 1))).relu_();
        x = layer4.call(layer3.call(layer2.call(layer1.call(x)))).to(ScalarType.Float32).flatten(1, 2);
        var deviation = (x.var([2L], unbiased: true) + VarianceOffset).sqrt();
        x = seg_1.call(cat([x.mean([2L]), deviation], 1));
        if (seg_bn_1 is not null && seg_2 is not null)
            x = seg_2.call(seg_bn_1.call(x.relu()));
        return x.MoveToOuterDisposeScope();
    }
}
