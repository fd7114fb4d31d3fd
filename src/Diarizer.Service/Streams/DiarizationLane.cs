using Diarizer.Service.Embedding;
using Diarizer.Streaming;
using Diarizer.Streaming.Events;

namespace Diarizer.Service.Streams;

/// <summary>Drives the pure core of one stream: audio and gaps in, embeddings as it asks for them, events out as soon as they are known.</summary>
public sealed class DiarizationLane(StreamingDiarizer core, EmbeddingLane embeddings, Action<DiarizationEvent> publish)
{
    private readonly List<DiarizationEvent> _events = [];

    /// <summary>The core.</summary>
    public StreamingDiarizer Core => core;

    /// <summary>Takes in the next samples.</summary>
    public ValueTask WriteAsync(ReadOnlySpan<float> samples)
    {
        core.Write(samples);
        return AdvanceAsync();
    }

    /// <summary>Takes in lost audio: the clock advances by exactly <paramref name="samples"/>.</summary>
    public ValueTask WriteGapAsync(long samples)
    {
        core.WriteGap(samples);
        return AdvanceAsync();
    }

    /// <summary>Ends the stream: open turns end.</summary>
    public ValueTask CompleteAsync()
    {
        core.Complete();
        return AdvanceAsync();
    }

    /// <summary>Publishes what became known otherwise than by audio.</summary>
    public void PublishEvents()
    {
        core.Drain(_events);
        foreach (var e in _events)
            publish(e);
        _events.Clear();
    }

    private async ValueTask AdvanceAsync()
    {
        while (core.TryAdvance(out var request))
        {
            // What is known already does not wait for the embedding.
            PublishEvents();
            var embedding = await embeddings.EmbedAsync(request.Samples).ConfigureAwait(false);
            core.Provide(embedding.Span);
        }

        PublishEvents();
    }
}
