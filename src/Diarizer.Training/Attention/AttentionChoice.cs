using Diarizer.Features;
using Diarizer.Networks.Models;
using Diarizer.Networks.Trunks.FrequencyTime;
using Diarizer.Training.Configuration;
using static TorchSharp.torch;

namespace Diarizer.Training.Attention;

/// <summary>Whether a network is trained with an attention layer, and with which weights.</summary>
internal sealed record AttentionChoice
{
    private const string None = "none";

    /// <summary>
    /// <c>none</c> for no such layer; <c>mel</c> for the density of the mel scale; a name such as <c>clean</c> or <c>aug</c> for that file of
    /// <see cref="Folder"/>, taken from a teacher that learned from clean or from augmented data; or a path to a <c>.json</c> or <c>.npy</c> file.
    /// </summary>
    public string Source { get; init; } = None;

    /// <summary>Where named weights lie; relative, like paths, to the configuration file.</summary>
    public string Folder { get; init; } = "attention";

    /// <summary>The weights themselves, one for each bin. Filled in from the file when a run starts, so that its record needs the file no more.</summary>
    public float[] Weights { get; init; } = [];

    /// <summary>Where the weights come from, in words; filled in with them.</summary>
    public string Origin { get; init; } = "";

    /// <summary>What the model card says; null without the layer.</summary>
    public AttentionRecord? Record => Source == None ? null : new AttentionRecord { Source = Path.GetFileNameWithoutExtension(Source), Origin = Origin };

    public void Validate(OptionCheck check) =>
        check.Require(Source is { Length: > 0 }, "source", "empty", "none, mel, the name of weights such as clean or aug, or a path");

    /// <summary>Reads the weights that the choice names.</summary>
    /// <param name="origin">The folder that relative paths start from.</param>
    /// <exception cref="UserErrorException">There are no such weights.</exception>
    public AttentionChoice Resolved(string origin)
    {
        if (Source == None || Weights.Length > 0)
            return this;
        if (Source == MelDensity.Name)
            return this with { Origin = "density of the mel scale" };
        bool named = Path.GetExtension(Source).Length == 0;
        string path = named ? Path.Combine(origin, Folder, Source + ".json") : Path.Combine(origin, Source);
        if (!File.Exists(path))
            throw new UserErrorException(
                $"attention.source is '{Source}', but {path} does not exist; make it with diarizer-train attention extract --out {(named ? Source + ".json" : "FILE")}, or give none or mel.");
        var read = FrequencyWeights.Read(path);
        return this with { Weights = read.Weights, Origin = read.Origin };
    }

    /// <summary>Gives the weights to a network's attention layer; does nothing when it is to have none.</summary>
    /// <param name="network">A network with the layer where one is chosen.</param>
    /// <param name="frontEnd">The features that the network is trained with.</param>
    /// <exception cref="UserErrorException">The weights are not as many as the features' bins.</exception>
    public void Fill(nn.Module network, FrontEnd frontEnd)
    {
        if (Source == None)
            return;
        float[] weights = Source == MelDensity.Name ? MelDensity.Of(frontEnd).Weights : Weights;
        if (weights.Length != frontEnd.Bins)
            throw new UserErrorException(
                $"The attention weights '{Source}' are for {weights.Length} bins but the front end has {frontEnd.Bins}; extract them from a teacher with the same front end.");
        ((IFrequencyAttentive)network).Attention!.SetWeights(weights);
    }
}
