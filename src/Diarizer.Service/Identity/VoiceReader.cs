using Diarizer.Audio;
using Diarizer.Audio.Capturing;
using Diarizer.Audio.Sources;
using Diarizer.Networks.Inference;
using Diarizer.Service.Embedding;
using Diarizer.Streaming;
using Diarizer.Streaming.Enrolment;

namespace Diarizer.Service.Identity;

/// <summary>Takes the voice out of recordings, with the same detector, windows and embedder as a session.</summary>
/// <param name="voiceActivity">Finds speech.</param>
/// <param name="embeddings">Embeds windows.</param>
/// <param name="options">Thresholds of the core.</param>
public sealed class VoiceReader(IVoiceActivityModel voiceActivity, EmbeddingService embeddings, PipelineOptions options)
{
    /// <summary>Reading ends after this much of a recording, in seconds: no more is needed of one.</summary>
    public const int LongestRecording = 600;

    /// <summary>Reads one recording.</summary>
    /// <exception cref="UserErrorException">It cannot be read.</exception>
    public async Task<EnrolmentRecording> ReadAsync(string path, CancellationToken cancel)
    {
        using var capture = Capture.Start(AudioSources.Open(path));
        using var detector = voiceActivity.CreateDetector();
        var core = new StreamingDiarizer(detector, embeddings.Dimension, embeddings.MinimumSamples, options);
        var lane = embeddings.OpenLane();
        List<EnrolmentWindow> windows = [];
        var buffer = new float[SampleClock.Rate];
        while (core.Position < LongestRecording * (long)SampleClock.Rate && await capture.ReadAsync(buffer, cancel) is { EndOfStream: false } read)
        {
            if (read.Gap > 0)
                core.WriteGap(read.Gap);
            core.Write(buffer.AsSpan(0, read.Samples));
            await AdvanceAsync();
        }

        core.Complete();
        await AdvanceAsync();
        return EnrolmentRecording.Of(windows, options.Speakers);

        async Task AdvanceAsync()
        {
            while (core.TryAdvance(out var request))
            {
                var embedding = await lane.EmbedAsync(request.Samples);
                windows.Add(new EnrolmentWindow(request.Start, request.End, request.Speech, request.Probability, embedding.ToArray()));
                core.Provide(embedding.Span);
            }

            core.Drain([]);
        }
    }
}
