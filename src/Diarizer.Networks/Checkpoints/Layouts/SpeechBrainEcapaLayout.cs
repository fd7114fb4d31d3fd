using Diarizer.Features;
using Diarizer.Networks.Models;
using Diarizer.Networks.Trunks.TimeDelay;

namespace Diarizer.Networks.Checkpoints.Layouts;

/// <summary>SpeechBrain's ECAPA-TDNN, the <c>embedding_model.ckpt</c> of its recipes.</summary>
internal sealed class SpeechBrainEcapaLayout : EcapaLayout
{
    /// <inheritdoc/>
    public override string Name => "speechbrain-ecapa";

    /// <inheritdoc/>
    public override string Network => "ECAPA_TDNN";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Anchors { get; } = ["blocks.0.conv.conv.weight", "asp.conv.conv.weight"];

    /// <inheritdoc/>
    public override string FrontEndNote => "the front end is Fbank with the mean of each sentence taken off, as in the VoxCeleb recipe; other options of Fbank are not in the checkpoint";

    /// <inheritdoc/>
    protected override IEnumerable<(string Ours, string Theirs)> Modules =>
    [
        ("conv1", "blocks.0.conv.conv"),
        ("bn1", "blocks.0.norm.norm"),
        ("layer4", "mfa.conv.conv"),
        ("bn4", "mfa.norm.norm"),
        ("attention.0", "asp.tdnn.conv.conv"),
        ("attention.2", "asp.tdnn.norm.norm"),
        ("attention.4", "asp.conv.conv"),
        ("bn5", "asp_bn.norm"),
        ("fc6", "fc.conv"),
    ];

    /// <inheritdoc/>
    public override ModelCard Describe(LayoutTensors tensors)
    {
        var options = ReadOptions(tensors, EcapaVariant.SpeechBrain);
        return (Card(EcapaTdnn.NetworkName) with
        {
            FrontEnd = new LogMelOptions
            {
                Edges = FrameEdges.Silent,
                DftSize = 400,
                MelBins = options.InputBins,
                Filters = FilterShape.Symmetric,
                LowestHertz = 0,
                HighestHertz = 8_000,
                PreEmphasis = 0,
                Floor = 1e-10f,
                FloorIsLeast = true,
                Decibels = true,
                DynamicRange = 80,
            },
        }).WithNetworkOptions(options);
    }

    /// <inheritdoc/>
    public override bool LeavesOut(string name) => false;

    /// <inheritdoc/>
    protected override IEnumerable<(string Ours, string Theirs)> BlockModules(int groups)
    {
        foreach (var (ours, theirs) in ((string, string)[])[("1", "tdnn1"), ("3", "tdnn2")])
        {
            yield return ($"conv{ours}", $"{theirs}.conv.conv");
            yield return ($"bn{ours}", $"{theirs}.norm.norm");
        }
        for (int k = 0; k < groups; k++)
        {
            yield return ($"convs.{k}", $"res2net_block.blocks.{k}.conv.conv");
            yield return ($"bns.{k}", $"res2net_block.blocks.{k}.norm.norm");
        }
        yield return ("se.se.1", "se_block.conv1.conv");
        yield return ("se.se.3", "se_block.conv2.conv");
    }

    /// <inheritdoc/>
    protected override string Block(int number) => $"blocks.{number}";
}
