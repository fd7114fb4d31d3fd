using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Diarizer.Networks.Trunks.FrequencyTime;

/// <summary>
/// ResCNN of Yang et al., "Gradient Frequency Attention": three stages of a 5x5 convolution of stride 2 and a residual block with attention over time
/// and over frequency, dropout, average pooling to four bands, one linear layer with batch normalisation. Log spectrogram [B, bins, T] in, embeddings
/// [B, D] out (not normalised). Parameters carry the names of the published code.
/// </summary>
public sealed class ResCnn : nn.Module<Tensor, Tensor>, IFrequencyAttentive, IMixedPrecisionTrunk
{
    /// <summary>The network's name in model cards.</summary>
    public const string NetworkName = "rescnn-cbam";

    private readonly FrequencyAttention? mask_layer;
    private readonly Conv2d conv1;
    private readonly BatchNorm2d bn1;
    private readonly Sequential layer1;
    private readonly Conv2d conv2;
    private readonly BatchNorm2d bn2;
    private readonly Sequential layer2;
    private readonly Conv2d conv3;
    private readonly BatchNorm2d bn3;
    private readonly Sequential layer3;
    private readonly Sequential fc1;

    /// <summary>Builds the network with fresh weights (Kaiming normal, fan out, for convolutions).</summary>
    /// <param name="options">Its shape.</param>
    /// <param name="frequencyAttention">Adds a <see cref="FrequencyAttention"/> behind the normalisation of the input.</param>
    /// <exception cref="UserErrorException">An option is out of bounds.</exception>
    public ResCnn(ResCnnOptions? options = null, bool frequencyAttention = false)
        : base(nameof(ResCnn))
    {
        Options = (options ?? new ResCnnOptions()).Validated();
        int width = Options.Width;
        conv1 = nn.Conv2d(1, width, 5, stride: 2, padding: 2);
        bn1 = nn.BatchNorm2d(width);
        layer1 = Stage(width);
        conv2 = nn.Conv2d(width, 2 * width, 5, stride: 2, padding: 2, bias: false);
        bn2 = nn.BatchNorm2d(2 * width);
        layer2 = Stage(2 * width);
        conv3 = nn.Conv2d(2 * width, 4 * width, 5, stride: 2, padding: 2, bias: false);
        bn3 = nn.BatchNorm2d(4 * width);
        layer3 = Stage(4 * width);
        fc1 = nn.Sequential(("0", nn.Linear(4 * width * Options.PooledRows, Options.OutputSize)), ("1", nn.BatchNorm1d(Options.OutputSize)));
        mask_layer = frequencyAttention ? new FrequencyAttention(Options.InputBins) : null;
        RegisterComponents();
        FreshWeights.KaimingFanOut(this);
    }

    /// <summary>The options it was built with.</summary>
    public ResCnnOptions Options { get; }

    /// <inheritdoc/>
    public string Name => NetworkName;

    /// <inheritdoc/>
    public int InputBins => Options.InputBins;

    /// <inheritdoc/>
    public int OutputSize => Options.OutputSize;

    /// <inheritdoc/>
    public int MinimumFrames => 8;

    /// <inheritdoc/>
    public ScalarType TrunkType { get; set; } = ScalarType.Float32;

    /// <inheritdoc/>
    public FrequencyAttention? Attention => mask_layer;

    /// <summary>Embeds a batch.</summary>
    /// <param name="input">Log spectrogram [B, bins, T]; each bin's mean over time is taken off it.</param>
    /// <returns>[B, <see cref="OutputSize"/>].</returns>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var x = input - input.mean([2L], keepdim: true);
        x = (mask_layer?.call(x) ?? x).transpose(1, 2).unsqueeze(1);
        x = layer1.call(bn1.call(ChannelsLast.Lay(conv1.call(x))).relu_().to(TrunkType));
        x = layer2.call(bn2.call(MixedPrecision.Convolve(conv2, x, (2, 2), 2)).relu_());
        x = layer3.call(bn3.call(MixedPrecision.Convolve(conv3, x, (2, 2), 2)).relu_()).to(ScalarType.Float32);
        x = nn.functional.dropout(x, Options.DropoutOrDefault, training);
        x = nn.functional.adaptive_avg_pool2d(x, [1, Options.PooledRows]).flatten(1);
        return fc1.call(x).MoveToOuterDisposeScope();
    }

    private Sequential Stage(int channels) =>
        nn.Sequential(Enumerable.Range(0, Options.Blocks).Select(i => ($"{i}", (nn.Module<Tensor, Tensor>)new AttentionBlock(channels))));
}
