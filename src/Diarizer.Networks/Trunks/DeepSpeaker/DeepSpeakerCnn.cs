using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Diarizer.Networks.Trunks.DeepSpeaker;

/// <summary>
/// The convolutional networks of Li et al. 2017, "Deep Speaker": stages of a strided convolution and residual blocks with clipped ReLUs, temporal
/// average over all channels at all frequencies, one affine layer, length normalisation. Log-mel [B, mel, T] in, embeddings [B, D] out.
/// </summary>
public sealed class DeepSpeakerCnn : nn.Module<Tensor, Tensor>, IMixedPrecisionTrunk
{
    /// <summary>The name in model cards of the network as published.</summary>
    public const string NetworkName = "deep-speaker-rescnn";

    /// <summary>The name in model cards of the smaller network, <see cref="SimpleCnnOptions"/>.</summary>
    public const string SimpleName = "deep-speaker-simple-cnn";

    private readonly ModuleList<DeepSpeakerStage> stages;
    private readonly Linear affine;

    /// <summary>Builds the network with fresh weights (Kaiming normal, fan out, for convolutions).</summary>
    /// <exception cref="UserErrorException">An option is out of bounds.</exception>
    public DeepSpeakerCnn(DeepSpeakerCnnOptions? options = null)
        : base(nameof(DeepSpeakerCnn))
    {
        Options = options ?? new DeepSpeakerCnnOptions();
        Options.Validate(Name);
        var channels = Options.Channels;
        stages = nn.ModuleList<DeepSpeakerStage>([.. channels.Select((outputs, i) => new DeepSpeakerStage(i == 0 ? 1 : channels[i - 1], outputs, Options.Blocks, Options.Bottleneck))]);
        affine = nn.Linear(channels[^1] * Options.FrequencyRows, Options.OutputSize);
        RegisterComponents();
        FreshWeights.KaimingFanOut(this);
    }

    /// <summary>The options it was built with.</summary>
    public DeepSpeakerCnnOptions Options { get; }

    /// <inheritdoc/>
    public string Name => Options is SimpleCnnOptions ? SimpleName : NetworkName;

    /// <inheritdoc/>
    public int InputBins => Options.InputBins;

    /// <inheritdoc/>
    public int OutputSize => Options.OutputSize;

    /// <inheritdoc/>
    public int MinimumFrames => 1 << Options.Channels.Count;

    /// <inheritdoc/>
    public ScalarType TrunkType
    {
        get => stages[0].TrunkType;
        set
        {
            foreach (var stage in stages)
                stage.TrunkType = value;
        }
    }

    /// <summary>Embeds a batch.</summary>
    /// <param name="input">Log-mel [B, mel, T].</param>
    /// <returns>[B, <see cref="OutputSize"/>], of length 1 unless the options say otherwise.</returns>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var x = input.unsqueeze(1);
        foreach (var stage in stages)
            x = stage.call(x);
        x = affine.call(x.to(ScalarType.Float32).mean([3L]).flatten(1));
        return (Options.UnitLength ? nn.functional.normalize(x) : x).MoveToOuterDisposeScope();
    }
}
