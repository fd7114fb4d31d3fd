using Diarizer.Features;
using Diarizer.Networks.Models;
using Diarizer.Networks.Trunks.TimeDelay;

namespace Diarizer.Networks.Checkpoints.Layouts;

/// <summary>Tao Ruijie's ECAPA-TDNN, whose names are ours: the network below <c>speaker_encoder.</c>, the loss below <c>speaker_loss.</c></summary>
internal sealed class TaoRuijieEcapaLayout : EcapaLayout
{
    /// <inheritdoc/>
    public override string Name => "taoruijie-ecapa";

    /// <inheritdoc/>
    public override string Network => "ECAPA_TDNN";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Anchors { get; } = ["layer1.convs.0.weight", "fc6.weight"];

    /// <inheritdoc/>
    public override string FrontEndNote => "the front end is that of the trainer";

    /// <inheritdoc/>
    protected override IEnumerable<(string Ours, string Theirs)> Modules => [];

    /// <inheritdoc/>
    public override ModelCard Describe(LayoutTensors tensors)
    {
        var options = ReadOptions(tensors, EcapaVariant.Published);
        var mel = TorchaudioMel.Read(tensors, new LogMelOptions { MelBins = options.InputBins });
        return (Card(EcapaTdnn.NetworkName) with { FrontEnd = mel }).WithNetworkOptions(options);
    }

    /// <inheritdoc/>
    public override bool LeavesOut(string name) => TorchaudioMel.Owns(name);

    /// <inheritdoc/>
    protected override IEnumerable<(string Ours, string Theirs)> BlockModules(int groups) => [];

    /// <inheritdoc/>
    protected override string Block(int number) => $"layer{number}";
}
