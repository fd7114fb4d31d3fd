using Diarizer.Networks.Models;
using Diarizer.Networks.Trunks.TimeDelay;

namespace Diarizer.Networks.Checkpoints.Layouts;

/// <summary>WeSpeaker's ECAPA-TDNN, with or without global context.</summary>
internal sealed class WeSpeakerEcapaLayout : EcapaLayout
{
    /// <inheritdoc/>
    public override string Name => "wespeaker-ecapa";

    /// <inheritdoc/>
    public override string Network => "ECAPA_TDNN";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Anchors { get; } = ["layer1.conv.weight", "layer2.se_res2block.0.conv.weight"];

    /// <inheritdoc/>
    public override string FrontEndNote => "the front end is Kaldi's filter bank with the utterance's mean taken off, as in the VoxCeleb recipe; its options are not in the checkpoint";

    /// <inheritdoc/>
    protected override IEnumerable<(string Ours, string Theirs)> Modules =>
    [
        ("conv1", "layer1.conv"),
        ("bn1", "layer1.bn"),
        ("layer4", "conv"),
        ("attention.0", "pool.linear1"),
        ("attention.4", "pool.linear2"),
        ("bn5", "bn"),
        ("fc6", "linear"),
        ("bn6", "bn2"),
    ];

    /// <inheritdoc/>
    public override ModelCard Describe(LayoutTensors tensors)
    {
        var options = ReadOptions(tensors, EcapaVariant.WeSpeaker);
        return (Card(EcapaTdnn.NetworkName) with { FrontEnd = KaldiMel.Options(options.InputBins) }).WithNetworkOptions(options);
    }

    /// <inheritdoc/>
    public override bool LeavesOut(string name) => name.StartsWith("projection.", StringComparison.Ordinal);

    /// <inheritdoc/>
    protected override IEnumerable<(string Ours, string Theirs)> BlockModules(int groups)
    {
        foreach (var (ours, theirs) in ((string, string)[])[("1", "0"), ("3", "2")])
        {
            yield return ($"conv{ours}", $"{theirs}.conv");
            yield return ($"bn{ours}", $"{theirs}.bn");
        }
        for (int k = 0; k < groups; k++)
        {
            yield return ($"convs.{k}", $"1.convs.{k}");
            yield return ($"bns.{k}", $"1.bns.{k}");
        }
        yield return ("se.se.1", "3.linear1");
        yield return ("se.se.3", "3.linear2");
    }

    /// <inheritdoc/>
    protected override string Block(int number) => $"layer{number + 1}.se_res2block";
}
