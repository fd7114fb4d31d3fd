using Diarizer.Networks.Inference;
using Diarizer.Streaming.Embeddings;
using Diarizer.Streaming.Events;
using Diarizer.Streaming.Speakers;

namespace Diarizer.Streaming;

/// <summary>
/// Diarizes one stream. Pure and deterministic: the events depend on the samples and gaps written and on the embeddings provided, never
/// on how the input was cut, on time or on threads. Used by one thread at a time.
/// </summary>
/// <remarks>
/// The driver writes input and then calls <see cref="TryAdvance"/> until it returns false, answering each request by
/// <see cref="Provide"/>; requests of several streams may be batched. Events are collected by <see cref="Drain"/>.
/// </remarks>
public sealed class StreamingDiarizer
{
    /// <summary>Makes a diarizer at sample 0 of a session.</summary>
    /// <param name="detector">Fresh voice activity detector of this stream; owned by the caller.</param>
    /// <param name="embeddingDimension">Length of the embeddings that <see cref="Provide"/> will get.</param>
    /// <param name="minimumWindowSamples">The shortest window that the embedder takes.</param>
    /// <param name="options">Thresholds; must be valid.</param>
    /// <exception cref="ArgumentException">An option is out of bounds.</exception>
    public StreamingDiarizer(IVoiceActivityDetector detector, int embeddingDimension, int minimumWindowSamples, PipelineOptions options)
    {
        ArgumentNullException.ThrowIfNull(detector);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(embeddingDimension, 1);
        if (options.Validate() is { Count: > 0 } faults)
            throw new ArgumentException(string.Join(" ", faults), nameof(options));
    }

    /// <summary>Samples taken in by the algorithm so far, gaps included: the session's clock.</summary>
    public long Position { get; private set; }

    /// <summary>True once <see cref="Complete"/> was called and everything was processed.</summary>
    public bool IsFinished { get; private set; }

    /// <summary>The speakers known now, by id.</summary>
    public IReadOnlyList<SpeakerSummary> Speakers { get; } = [];

    /// <summary>Appends audio. It is kept until <see cref="TryAdvance"/> has taken it in, so advance after each write.</summary>
    /// <param name="samples">16 kHz mono in [-1, 1]; any number.</param>
    /// <exception cref="InvalidOperationException">The stream was completed.</exception>
    public void Write(ReadOnlySpan<float> samples) => throw new NotSupportedException();

    /// <summary>Says that audio was lost here: the clock advances by exactly <paramref name="samples"/>.</summary>
    /// <exception cref="InvalidOperationException">The stream was completed.</exception>
    public void WriteGap(long samples) => throw new NotSupportedException();

    /// <summary>Says that no more input comes: the rest is processed and open turns end.</summary>
    public void Complete() => throw new NotSupportedException();

    /// <summary>Processes what was written.</summary>
    /// <param name="request">The window to embed, when true is returned.</param>
    /// <returns>True when an embedding is needed before it can go on; false when the input is used up.</returns>
    /// <exception cref="InvalidOperationException">The last request was not answered.</exception>
    public bool TryAdvance(out EmbeddingRequest request) => throw new NotSupportedException();

    /// <summary>Answers the last request.</summary>
    /// <param name="embedding">Unit-norm embedding of the requested window.</param>
    /// <exception cref="InvalidOperationException">Nothing was requested.</exception>
    public void Provide(ReadOnlySpan<float> embedding) => throw new NotSupportedException();

    /// <summary>Moves the events since the last call to the end of <paramref name="events"/>.</summary>
    public void Drain(List<DiarizationEvent> events) => throw new NotSupportedException();

    /// <summary>Starts a new session at sample 0: forgets input, turns, speakers and undrained events.</summary>
    public void Reset() => throw new NotSupportedException();
}
