using Diarizer.Service.Embedding;
using Diarizer.Service.Identity;
using Diarizer.Service.Models;
using Diarizer.Service.Options;
using Diarizer.Streaming;

namespace Diarizer.Service.Streams;

/// <summary>All that recordings are diarized with, at the default settings of the daemon.</summary>
public sealed class RecordingPipeline : IAsyncDisposable
{
    private readonly LoadedModels _models;
    private readonly EmbeddingService _embeddings;

    private RecordingPipeline(LoadedModels models, bool realtime, PipelineOptions options)
    {
        _models = models;
        _embeddings = new EmbeddingService(models.Embedder, EmbeddingPlan.For(new EmbeddingOptions(), models.OnGpu, 1), TimeProvider.System);
        Recordings = new RecordingDiarizer(models.VoiceActivity, models.Segmenter, models.Voices, _embeddings, options, realtime);
        Voices = new VoiceReader(models.VoiceActivity, _embeddings, options);
    }

    /// <summary>Takes recordings, one after another.</summary>
    public RecordingDiarizer Recordings { get; }

    /// <summary>Takes voices out of recordings, to enrol people.</summary>
    public VoiceReader Voices { get; }

    /// <summary>Loads the models.</summary>
    /// <param name="modelFolder">Where they are; null for the default place.</param>
    /// <param name="device"><c>auto</c>, <c>cpu</c> or <c>cuda</c>; null for <c>auto</c>.</param>
    /// <param name="realtime">Play at the speed of the clock.</param>
    /// <param name="options">Thresholds of the core; null for the defaults.</param>
    /// <exception cref="UserErrorException">A model or the device cannot be used.</exception>
    public static RecordingPipeline Load(string? modelFolder, string? device, bool realtime = false, PipelineOptions? options = null) =>
        new(LoadedModels.Load(modelFolder, device ?? "auto", new DiarizerOptions().Threads), realtime, options ?? new());

    /// <summary>From now on, everybody who is enrolled is recognised.</summary>
    /// <param name="configuration">The configuration file, or null for the usual one.</param>
    /// <param name="complain">Takes a sentence about people who cannot be recognised.</param>
    /// <exception cref="UserErrorException">The configuration has faults, or the voiceprints cannot be read.</exception>
    public void Recall(string? configuration, Action<string> complain) =>
        Recordings.Known = KnownSpeakers.Load(OptionsLoader.LoadForCommand(configuration), _models.EmbedderSha256, complain);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _embeddings.DisposeAsync();
        _models.Dispose();
    }
}
