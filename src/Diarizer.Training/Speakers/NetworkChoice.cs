using System.Text.Json;
using Diarizer.Networks.Models;
using Diarizer.Networks.Trunks;
using Diarizer.Training.Configuration;

namespace Diarizer.Training.Speakers;

/// <summary>The network to train: any that a model card may name.</summary>
internal sealed record NetworkChoice
{
    /// <summary>Its name in model cards.</summary>
    public string Kind { get; init; } = FastResNet34.NetworkName;

    /// <summary>Its options, those of the record that belongs to it; left out for the published shape.</summary>
    public JsonElement? Options { get; init; }

    public void Validate(OptionCheck check) => check.OneOf("kind", Kind, [.. NetworkRegistry.Names(ModelKind.SpeakerEmbedding)]);
}
