using Diarizer.Networks.Models;
using Diarizer.Networks.Trunks;

namespace Diarizer.Networks.Checkpoints.Layouts;

/// <summary>WeSpeaker's ResNet-34 (and ResNet-18) with mean and deviation over time; the names are ours.</summary>
internal sealed class WeSpeakerResNetLayout : CheckpointLayout
{
    /// <inheritdoc/>
    public override string Name => "wespeaker-resnet34";

    /// <inheritdoc/>
    public override string Network => "ResNet34";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Anchors { get; } = ["layer1.0.conv2.weight", "seg_1.weight"];

    /// <inheritdoc/>
    public override string FrontEndNote => "the front end is Kaldi's filter bank with the utterance's mean taken off, as in the VoxCeleb recipe; its options are not in the checkpoint";

    /// <inheritdoc/>
    public override ModelCard Describe(LayoutTensors tensors)
    {
        int[] stages = [1, 2, 3, 4];
        int[] channels = [.. stages.Select(stage => tensors.Size($"layer{stage}.0.conv1.weight", 0))];
        int melBins = 8 * (tensors.Size("seg_1.weight", 1) / Math.Max(1, 2 * channels[3]));
        return (Card(ResNet34.NetworkName) with { FrontEnd = KaldiMel.Options(melBins) }).WithNetworkOptions(new ResNet34Options
        {
            MelBins = melBins,
            Channels = channels,
            Blocks = [.. stages.Select(stage => tensors.Count($"layer{stage}.", ".conv1.weight"))],
            SecondLayer = tensors.Has("seg_2.weight"),
            OutputSize = tensors.Size("seg_1.weight", 0),
        });
    }

    /// <inheritdoc/>
    public override bool LeavesOut(string name) => name.StartsWith("projection.", StringComparison.Ordinal);
}
