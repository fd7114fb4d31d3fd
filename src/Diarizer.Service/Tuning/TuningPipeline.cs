using Diarizer.Audio;
using Diarizer.Audio.Sources;
using Diarizer.Service.Embedding;
using Diarizer.Service.Models;
using Diarizer.Service.Options;
using Diarizer.Service.Streams;
using Diarizer.Streaming;
using Diarizer.Streaming.Events;
using Diarizer.Streaming.Turns;

namespace Diarizer.Service.Tuning;

/// <summary>Diarizes recordings at many settings, as <c>diarizer file</c> does, but runs the networks on nothing twice.</summary>
internal sealed class TuningPipeline : IAsyncDisposable
{
    /// <summary>Most samples of decoded audio that are kept, 4 bytes each: 4.6 hours. Recordings beyond are decoded each time.</summary>
    public const long MostSamples = 1L << 28;

    private readonly IReadOnlyList<TuningRecording> _recordings;
    private readonly LoadedModels _models;
    private readonly EmbeddingCache _cache;
    private readonly CachedEmbedder _embedder;
    private readonly EmbeddingService _embeddings;
    private readonly CachedVoiceActivity[] _voices;
    private readonly CachedSegmenter? _segmenter;
    private readonly float[]?[] _audio;
    private long _samples;

    /// <param name="models">The networks; owned from here on.</param>
    /// <param name="recordings">What is diarized.</param>
    /// <param name="cacheFolder">Where embeddings are kept; null for memory alone.</param>
    /// <param name="jobs">Recordings at the same time.</param>
    public TuningPipeline(LoadedModels models, IReadOnlyList<TuningRecording> recordings, string? cacheFolder, int jobs)
    {
        (_models, _recordings) = (models, recordings);
        _cache = EmbeddingCache.Open(cacheFolder, models.EmbedderSha256, models.Embedder.Dimension);
        _embedder = new CachedEmbedder(models.Embedder, _cache);
        _embeddings = new EmbeddingService(_embedder, EmbeddingPlan.For(new EmbeddingOptions(), models.OnGpu, jobs), TimeProvider.System);
        _segmenter = models.Segmenter is { } segmenter ? new CachedSegmenter(segmenter) : null;
        _voices = [.. recordings.Select(_ => new CachedVoiceActivity(models.VoiceActivity))];
        _audio = new float[]?[recordings.Count];
    }

    /// <summary>Windows that the embedding network had to embed so far.</summary>
    public int Embedded => _embedder.Embedded;

    /// <summary>Scores settings on one recording.</summary>
    /// <exception cref="UserErrorException">The recording cannot be read.</exception>
    public async Task<RecordingScore> ScoreAsync(Candidate candidate, int index, CancellationToken cancel)
    {
        var recording = _recordings[index];
        var (live, corrected) = await DiarizeAsync(candidate.Options, index, cancel);
        return new RecordingScore(recording.Score(live.ToSegments(recording.Name)), recording.Score(corrected.ToSegments(recording.Name)));
    }

    /// <summary>Diarizes one recording.</summary>
    /// <returns>The turns as first decided, and after all corrections.</returns>
    internal async Task<(TurnTimeline Live, TurnTimeline Corrected)> DiarizeAsync(PipelineOptions options, int index, CancellationToken cancel)
    {
        var live = new TurnTimeline();
        var recordings = new RecordingDiarizer(_voices[index], _segmenter, _models.Voices, _embeddings, options, realtime: false);
        var (corrected, _) = await recordings.DiarizeAsync(
            await OpenAsync(index, cancel),
            e =>
            {
                if (e is not TurnChanged { Kind: TurnEventKind.Revised })
                    live.Add(e);
            },
            cancel);
        return (live, corrected);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _embeddings.DisposeAsync();
        _cache.Dispose();
        _models.Dispose();
    }

    private async Task<IAudioSource> OpenAsync(int index, CancellationToken cancel)
    {
        var path = _recordings[index].Path;
        if (_audio[index] is { } known)
            return new DecodedSource(path, known);
        if (Interlocked.Read(ref _samples) >= MostSamples || await DecodedSource.DecodeAsync(path, cancel) is not { } samples)
            return AudioSources.Open(path);
        Interlocked.Add(ref _samples, samples.Length);
        return new DecodedSource(path, _audio[index] = samples);
    }
}
