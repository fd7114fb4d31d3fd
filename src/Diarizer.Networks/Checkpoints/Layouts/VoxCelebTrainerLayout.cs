using Diarizer.Features;

namespace Diarizer.Networks.Checkpoints.Layouts;

/// <summary>What the networks of clovaai's voxceleb_trainer share: the speaker network below <c>__S__.</c>, the loss below <c>__L__.</c></summary>
internal abstract class VoxCelebTrainerLayout : CheckpointLayout
{
    /// <inheritdoc/>
    public override string Name => "voxceleb_trainer";

    /// <inheritdoc/>
    public override string FrontEndNote => "the front end is that of the trainer, with --log_input as in the published models; a network trained without it is not matched";

    /// <summary>The trainer's mel spectrogram; all of its networks use this one but for window, bands and pre-emphasis.</summary>
    protected static LogMelOptions Mel { get; } = new() { LowestHertz = 0, HighestHertz = 8_000, PreEmphasis = 0 };

    /// <inheritdoc/>
    public override bool LeavesOut(string name) => TorchaudioMel.Owns(name);

    protected static int[] Channels(LayoutTensors tensors) => [.. Stages().Select(stage => tensors.Size($"layer{stage}.0.conv1.weight", 0))];

    protected static int[] Blocks(LayoutTensors tensors) => [.. Stages().Select(stage => tensors.Count($"layer{stage}.", ".conv1.weight"))];

    /// <summary>By how much the gates narrow their channels.</summary>
    protected static int SqueezeReduction(LayoutTensors tensors) =>
        tensors.Size("layer4.0.conv1.weight", 0) / Math.Max(1, tensors.Size("layer4.0.se.fc.0.weight", 0));

    private static IEnumerable<int> Stages() => Enumerable.Range(1, 4);
}
