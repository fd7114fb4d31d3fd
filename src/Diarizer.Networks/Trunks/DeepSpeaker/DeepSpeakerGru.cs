using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Diarizer.Networks.Trunks.DeepSpeaker;

/// <summary>
/// The recurrent network of Li et al. 2017, "Deep Speaker": one strided convolution, three forward GRU layers, temporal average, one affine layer,
/// length normalisation. Log-mel [B, mel, T] in, embeddings [B, D] out.
/// </summary>
public sealed class DeepSpeakerGru : nn.Module<Tensor, Tensor>, ISpeakerTrunk
{
    /// <summary>The network's name in model cards.</summary>
    public const string NetworkName = "deep-speaker-gru";

    private readonly Conv2d conv;
    private readonly BatchNorm2d bn;
    private readonly ModuleList<BatchNorm1d>? norms;
    private readonly ModuleList<GRU> grus;
    private readonly Linear affine;

    /// <summary>Builds the network with fresh weights.</summary>
    /// <exception cref="UserErrorException">An option is out of bounds.</exception>
    public DeepSpeakerGru(DeepSpeakerGruOptions? options = null)
        : base(nameof(DeepSpeakerGru))
    {
        Options = (options ?? new DeepSpeakerGruOptions()).Validated();
        conv = nn.Conv2d(1, Options.Channels, 5, stride: 2, padding: 2, bias: false);
        bn = nn.BatchNorm2d(Options.Channels);
        var widths = Enumerable.Repeat(Options.HiddenSize, Options.Layers - 1).Prepend(Options.Channels * ((Options.InputBins + 1) / 2)).ToArray();
        if (Options.Normalise)
            norms = nn.ModuleList<BatchNorm1d>([.. widths.Select(width => nn.BatchNorm1d(width))]);
        grus = nn.ModuleList<GRU>([.. widths.Select(width => nn.GRU(width, Options.HiddenSize, batchFirst: true))]);
        affine = nn.Linear(Options.HiddenSize, Options.OutputSize);
        RegisterComponents();
        FreshWeights.KaimingFanOut(this);
    }

    /// <summary>The options it was built with.</summary>
    public DeepSpeakerGruOptions Options { get; }

    /// <inheritdoc/>
    public string Name => NetworkName;

    /// <inheritdoc/>
    public int InputBins => Options.InputBins;

    /// <inheritdoc/>
    public int OutputSize => Options.OutputSize;

    /// <inheritdoc/>
    public int MinimumFrames => 2;

    /// <summary>Embeds a batch.</summary>
    /// <param name="input">Log-mel [B, mel, T].</param>
    /// <returns>[B, <see cref="OutputSize"/>], of length 1 unless the options say otherwise.</returns>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var x = ClippedRelu.Apply(bn.call(conv.call(input.unsqueeze(1)))).flatten(1, 2).transpose(1, 2);
        for (int i = 0; i < grus.Count; i++)
        {
            if (norms is not null)
                x = norms[i].call(x.transpose(1, 2)).transpose(1, 2);
            (x, _) = grus[i].call(x);
        }
        x = affine.call(x.mean([1L]));
        return (Options.UnitLength ? nn.functional.normalize(x) : x).MoveToOuterDisposeScope();
    }
}
