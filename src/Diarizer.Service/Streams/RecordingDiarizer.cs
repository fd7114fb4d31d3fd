using Diarizer.Audio;
using Diarizer.Audio.Capturing;
using Diarizer.Audio.Sources;
using Diarizer.Networks.Inference;
using Diarizer.Networks.Voices;
using Diarizer.Service.Embedding;
using Diarizer.Service.Identity;
using Diarizer.Streaming;
using Diarizer.Streaming.Events;
using Diarizer.Streaming.Turns;

namespace Diarizer.Service.Streams;

/// <summary>Takes whole recordings through the core, one after another.</summary>
/// <param name="voiceActivity">Finds speech.</param>
/// <param name="segmenter">Listens a second time, for corrections; may be null.</param>
/// <param name="voices">Where corrections tell voices apart; may be null.</param>
/// <param name="embeddings">Embeds windows.</param>
/// <param name="options">Thresholds of the core.</param>
/// <param name="realtime">Play at the speed of the clock.</param>
public sealed class RecordingDiarizer(IVoiceActivityModel voiceActivity, ISpeakerSegmenter? segmenter, VoiceSpace? voices, EmbeddingService embeddings, PipelineOptions options, bool realtime)
{
    private readonly float[] _buffer = new float[SampleClock.Rate];

    /// <summary>Who may be recognised.</summary>
    public KnownSpeakers Known { get; set; } = KnownSpeakers.Nobody;

    /// <summary>Diarizes one recording.</summary>
    /// <param name="source">A file or another source that ends.</param>
    /// <param name="onEvent">Gets each event as it comes.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>All turns, and the length in samples.</returns>
    /// <exception cref="UserErrorException">The source cannot be read.</exception>
    public Task<(TurnTimeline Timeline, long Length)> DiarizeAsync(string source, Action<DiarizationEvent> onEvent, CancellationToken cancel) =>
        DiarizeAsync(AudioSources.Open(source), onEvent, cancel);

    /// <summary>Diarizes one recording.</summary>
    /// <param name="source">A source that ends; owned from here on.</param>
    /// <param name="onEvent">Gets each event as it comes.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>All turns, and the length in samples.</returns>
    /// <exception cref="UserErrorException">The source cannot be read.</exception>
    public async Task<(TurnTimeline Timeline, long Length)> DiarizeAsync(IAudioSource source, Action<DiarizationEvent> onEvent, CancellationToken cancel)
    {
        var timeline = new TurnTimeline();
        using var capture = Capture.Start(source, new CaptureOptions { Realtime = realtime });
        using var detector = voiceActivity.CreateDetector();
        var core = new StreamingDiarizer(detector, embeddings.Dimension, embeddings.MinimumSamples, options, segmenter, voices, Known.Voices);
        var lane = new DiarizationLane(core, embeddings.OpenLane(), e =>
        {
            timeline.Add(e);
            onEvent(e);
        });
        var length = 0L;
        while (await capture.ReadAsync(_buffer, cancel) is { EndOfStream: false } read)
        {
            length += read.Gap + read.Samples;
            if (read.Gap > 0)
                await lane.WriteGapAsync(read.Gap);
            await lane.WriteAsync(_buffer.AsSpan(0, read.Samples));
        }

        await lane.CompleteAsync();
        return (timeline, length);
    }
}
