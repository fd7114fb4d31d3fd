using Diarizer.Networks.Models;
using Diarizer.Networks.Trunks;

namespace Diarizer.Networks.Checkpoints.Layouts;

/// <summary>voxceleb_trainer's Fast ResNet-34.</summary>
internal sealed class FastResNetLayout : VoxCelebTrainerLayout
{
    /// <inheritdoc/>
    public override string Network => "ResNetSE34L";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Anchors { get; } = ["layer1.0.se.fc.0.weight", "sap_linear.weight"];

    /// <inheritdoc/>
    public override ModelCard Describe(LayoutTensors tensors)
    {
        var mel = TorchaudioMel.Read(tensors, Mel);
        var channels = Channels(tensors);
        return (Card(FastResNet34.NetworkName) with { FrontEnd = mel }).WithNetworkOptions(new FastResNet34Options
        {
            MelBins = mel.MelBins,
            Channels = channels,
            Blocks = Blocks(tensors),
            SqueezeReduction = SqueezeReduction(tensors),
            Pooling = tensors.Size("fc.weight", 1) == 2 * channels[3] ? PoolingKind.AttentiveStatistics : PoolingKind.SelfAttentive,
            OutputSize = tensors.Size("fc.weight", 0),
        });
    }
}
