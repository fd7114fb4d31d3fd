using Diarizer.Service.Embedding;
using Diarizer.Service.Models;
using Diarizer.Service.Options;
using Diarizer.Streaming;

namespace Diarizer.Service.Streams;

/// <summary>All that recordings are diarized with, at the default settings of the daemon.</summary>
public sealed class RecordingPipeline : IAsyncDisposable
{
    private readonly LoadedModels _models;
    private readonly EmbeddingService _embeddings;

    private RecordingPipeline(LoadedModels models, bool realtime)
    {
        _models = models;
        _embeddings = new EmbeddingService(models.Embedder, EmbeddingPlan.For(new EmbeddingOptions(), models.OnGpu, 1), TimeProvider.System);
        Recordings = new RecordingDiarizer(models.VoiceActivity, _embeddings, new PipelineOptions(), realtime);
    }

    /// <summary>Takes recordings, one after another.</summary>
    public RecordingDiarizer Recordings { get; }

    /// <summary>Loads the models.</summary>
    /// <param name="modelFolder">Where they are; null for the default place.</param>
    /// <param name="device"><c>auto</c>, <c>cpu</c> or <c>cuda</c>; null for <c>auto</c>.</param>
    /// <param name="realtime">Play at the speed of the clock.</param>
    /// <exception cref="UserErrorException">A model or the device cannot be used.</exception>
    public static RecordingPipeline Load(string? modelFolder, string? device, bool realtime = false) =>
        new(LoadedModels.Load(modelFolder, device ?? "auto", new DiarizerOptions().Threads), realtime);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _embeddings.DisposeAsync();
        _models.Dispose();
    }
}
