using Diarizer.Features;
using Diarizer.Networks.Models;
using Diarizer.Networks.Trunks;

namespace Diarizer.Networks.Checkpoints.Layouts;

/// <summary>voxceleb_trainer's VGG-M-40. Maximum and average over time have the same tensors; the average, which the paper uses, is assumed.</summary>
internal sealed class VggLayout : VoxCelebTrainerLayout
{
    /// <inheritdoc/>
    public override string Network => "VGGVox";

    /// <inheritdoc/>
    public override string FrontEndNote => base.FrontEndNote + "; without attention its pooling is taken to be the average (TAP), not the maximum (MAX)";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Anchors { get; } = ["netcnn.0.weight", "fc.weight"];

    /// <inheritdoc/>
    public override ModelCard Describe(LayoutTensors tensors)
    {
        var mel = TorchaudioMel.Read(tensors, Mel with { Window = WindowShape.Hann });
        return (Card(VggM40.NetworkName) with { FrontEnd = mel, MinimumSamples = 10_000 }).WithNetworkOptions(new VggM40Options
        {
            InputBins = mel.MelBins,
            Pooling = tensors.Has("sap_linear.weight") ? PoolingKind.SelfAttentive : PoolingKind.TemporalAverage,
            OutputSize = tensors.Size("fc.weight", 0),
        });
    }
}
