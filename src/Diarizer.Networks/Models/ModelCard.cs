using System.Text.Json;
using System.Text.Json.Serialization;
using Diarizer.Features;

namespace Diarizer.Networks.Models;

/// <summary>What is known about a model: stored as JSON beside its weights.</summary>
public sealed record ModelCard
{
    /// <summary>Short name.</summary>
    public required string Name { get; init; }

    /// <summary>Version of the model.</summary>
    public string Version { get; init; } = "1";

    /// <summary>Licence of the weights.</summary>
    public string Licence { get; init; } = "MIT";

    /// <summary>What the model does.</summary>
    public required ModelKind Kind { get; init; }

    /// <summary>Name of the network, such as <c>fast-resnet-34</c>.</summary>
    public required string Network { get; init; }

    /// <summary>Options of the network; which ones there are depends on <see cref="Network"/>.</summary>
    public JsonElement? NetworkOptions { get; init; }

    /// <summary>The attention layer behind the input's normalisation; none for most models.</summary>
    public AttentionRecord? Attention { get; init; }

    /// <summary>Options of the log-mel front end.</summary>
    public LogMelOptions FrontEnd { get; init; } = new();

    /// <summary>Options of the spectrogram front end, which then stands in the place of log-mel; none for most models.</summary>
    public SpectrogramOptions? Spectrogram { get; init; }

    /// <summary>The shortest window to embed, in samples; unused by voice activity models.</summary>
    public int MinimumSamples { get; init; } = 8_000;

    /// <summary>Parameters and multiply-adds of the network.</summary>
    public NetworkCost? Cost { get; init; }

    /// <summary>How it was trained.</summary>
    public TrainingRecord? Training { get; init; }

    /// <summary>Measured figures by name.</summary>
    public IReadOnlyDictionary<string, ModelFigure> Figures { get; init; } = new Dictionary<string, ModelFigure>();

    /// <summary>SHA-256 of the embedder's weights that a voice space was made for; none for other models.</summary>
    public string? EmbedderSha256 { get; init; }

    /// <summary>SHA-256 of the weights file in lower-case hexadecimal; filled in by <see cref="ModelFile.Save"/>.</summary>
    public string WeightsSha256 { get; init; } = "";

    /// <summary>Makes the front end that the network was trained with.</summary>
    /// <exception cref="UserErrorException">An option of it is out of bounds.</exception>
    public FrontEnd CreateFrontEnd() => Spectrogram is { } spectrogram ? new Spectrogram(spectrogram) : new LogMel(FrontEnd);

    /// <summary>Stores typed network options.</summary>
    public ModelCard WithNetworkOptions<T>(T options) => this with { NetworkOptions = JsonSerializer.SerializeToElement(options, ModelCardJson.Options) };

    /// <summary>Reads the network options; the defaults when the card has none.</summary>
    /// <exception cref="UserErrorException">They do not fit.</exception>
    public T ReadNetworkOptions<T>()
        where T : class, new()
    {
        if (NetworkOptions is not { } options)
            return new T();
        try
        {
            return options.Deserialize<T>(ModelCardJson.Options) ?? new T();
        }
        catch (JsonException e)
        {
            throw new UserErrorException($"The network options of {Name} do not fit {Network} ({ModelCardJson.Where(e)}); correct them.", e);
        }
    }
}

/// <summary>What a model does.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ModelKind>))]
public enum ModelKind
{
    /// <summary>Finds speech.</summary>
    [JsonStringEnumMemberName("voice-activity")]
    VoiceActivity,

    /// <summary>Embeds speakers.</summary>
    [JsonStringEnumMemberName("speaker-embedding")]
    SpeakerEmbedding,

    /// <summary>Tells who of a few local speakers talks in each frame of a short window.</summary>
    [JsonStringEnumMemberName("speaker-segmentation")]
    Segmentation,

    /// <summary>Tells how one voice varies and how voices differ, so that embeddings can be compared by probability.</summary>
    [JsonStringEnumMemberName("voice-space")]
    VoiceSpace,
}
