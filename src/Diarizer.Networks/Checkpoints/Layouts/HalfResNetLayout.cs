using Diarizer.Networks.Models;
using Diarizer.Networks.Trunks;

namespace Diarizer.Networks.Checkpoints.Layouts;

/// <summary>voxceleb_trainer's half ResNet-34.</summary>
internal sealed class HalfResNetLayout : VoxCelebTrainerLayout
{
    /// <inheritdoc/>
    public override string Network => "ResNetSE34V2";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Anchors { get; } = ["layer1.0.se.fc.0.weight", "attention.0.weight"];

    /// <inheritdoc/>
    public override ModelCard Describe(LayoutTensors tensors)
    {
        var channels = Channels(tensors);
        int frame = tensors.Size("attention.0.weight", 1);
        var mel = TorchaudioMel.Read(tensors, Mel with { PreEmphasis = 0.97f, MelBins = 8 * frame / Math.Max(1, channels[3]) });
        return (Card(HalfResNet34.NetworkName) with { FrontEnd = mel }).WithNetworkOptions(new HalfResNet34Options
        {
            MelBins = mel.MelBins,
            Channels = channels,
            Blocks = Blocks(tensors),
            SqueezeReduction = SqueezeReduction(tensors),
            AttentionSize = tensors.Size("attention.0.weight", 0),
            Pooling = tensors.Size("fc.weight", 1) == 2 * frame ? PoolingKind.AttentiveStatistics : PoolingKind.SelfAttentive,
            OutputSize = tensors.Size("fc.weight", 0),
        });
    }
}
