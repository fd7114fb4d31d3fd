using Diarizer.Networks.Models;

namespace Diarizer.Networks.Checkpoints.Layouts;

/// <summary>How a public trainer names the tensors of one of its networks, and what of ours they make.</summary>
internal abstract class CheckpointLayout
{
    /// <summary>The name by which a user asks for it; several networks of one trainer share it.</summary>
    public abstract string Name { get; }

    /// <summary>What the trainer calls the network.</summary>
    public abstract string Network { get; }

    /// <summary>Names that together only this layout has.</summary>
    public abstract IReadOnlyList<string> Anchors { get; }

    /// <summary>What of the front end is known and what is assumed, for the user.</summary>
    public abstract string FrontEndNote { get; }

    /// <summary>The network, its options and its front end, read from shapes; without a name.</summary>
    /// <exception cref="UserErrorException">A tensor that is needed for that is missing or misshapen.</exception>
    public abstract ModelCard Describe(LayoutTensors tensors);

    /// <summary>The layout's name for a tensor of ours.</summary>
    public virtual string Translate(string name) => name;

    /// <summary>Whether a tensor is known to be no part of the network: a loss head, a constant of the front end.</summary>
    public abstract bool LeavesOut(string name);

    /// <summary>A card for a speaker embedder.</summary>
    protected static ModelCard Card(string network) => new() { Name = "", Kind = ModelKind.SpeakerEmbedding, Network = network, Licence = "unknown: that of the imported checkpoint" };
}
