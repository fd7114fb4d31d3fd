using Diarizer.Mqtt.Contract;
using Diarizer.Networks.Devices;
using Diarizer.Networks.Inference;
using Diarizer.Networks.Models;
using Diarizer.Networks.Voices;
using TorchSharp;

namespace Diarizer.Service.Models;

/// <summary>The networks, ready to run.</summary>
public sealed class LoadedModels : IDisposable
{
    private LoadedModels(IVoiceActivityModel voiceActivity, ISpeakerSegmenter? segmenter, VoiceSpace? voices, ISpeakerEmbedder embedder, bool onGpu, IReadOnlyList<ModelInfo> info) =>
        (VoiceActivity, Segmenter, Voices, Embedder, OnGpu, Info) = (voiceActivity, segmenter, voices, embedder, onGpu, info);

    /// <summary>Finds speech; always on the CPU.</summary>
    public IVoiceActivityModel VoiceActivity { get; }

    /// <summary>Listens a second time, for corrections; always on the CPU. Null where the folder holds no such model: then only labels are corrected.</summary>
    public ISpeakerSegmenter? Segmenter { get; }

    /// <summary>Where corrections tell voices apart; null where the folder holds no such model: then all directions of an embedding count alike.</summary>
    public VoiceSpace? Voices { get; }

    /// <summary>Embeds speakers.</summary>
    public ISpeakerEmbedder Embedder { get; }

    /// <summary>True when embeddings are computed on a GPU.</summary>
    public bool OnGpu { get; }

    /// <summary>Name and digest of each, for subscribers.</summary>
    public IReadOnlyList<ModelInfo> Info { get; }

    /// <summary>SHA-256 of the embedder's weights: voiceprints of another embedder mean nothing to it.</summary>
    public string EmbedderSha256 => Info[^1].Sha256;

    /// <summary>Loads the networks.</summary>
    /// <param name="folder">Where they are; null for the default place.</param>
    /// <param name="device"><c>auto</c>, <c>cpu</c> or <c>cuda</c>.</param>
    /// <param name="threads">Threads of one network call.</param>
    /// <exception cref="UserErrorException">A model or the device cannot be used.</exception>
    public static LoadedModels Load(string? folder, string device, int threads)
    {
        var models = ModelFolder.Open(folder);
        var (voicePath, voiceCard) = models.Find(ModelKind.VoiceActivity);
        var (embedderPath, embedderCard) = models.Find(ModelKind.SpeakerEmbedding);
        ComputeDevice.SetThreads(threads);
        var chosen = ComputeDevice.Choose(device);
        var voice = VoiceActivityModel.Load(voicePath);
        var embedder = SpeakerEmbedder.Load(embedderPath, device);
        var segmentation = models.FindOptional(ModelKind.Segmentation);
        var segmenter = segmentation is null ? null : SpeakerSegmenter.Load(segmentation.Value.Path);
        var space = models.FindOptional(ModelKind.VoiceSpace);
        var voices = space is null ? null : VoiceSpace.Load(space.Value.Path, embedderCard.WeightsSha256);
        ModelCard[] cards = [voiceCard, .. segmentation is null ? [] : new[] { segmentation.Value.Card }, .. space is null ? [] : new[] { space.Value.Card }, embedderCard];
        return new LoadedModels(voice, segmenter, voices, embedder, chosen.type == DeviceType.CUDA, [.. cards.Select(InfoOf)]);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Embedder.Dispose();
        Segmenter?.Dispose();
        VoiceActivity.Dispose();
    }

    private static ModelInfo InfoOf(ModelCard card) => new($"{card.Name} {card.Version}", card.WeightsSha256);
}
