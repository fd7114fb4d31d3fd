namespace Diarizer.Networks.Inference;

/// <summary>
/// Streaming speech probability for one stream; stateful, used by one thread at a time. Frame <c>i</c> covers samples
/// [160 i, 160 i + 160) at 16 kHz. Output does not depend on how the samples were cut into calls.
/// </summary>
public interface IVoiceActivityDetector : IDisposable
{
    /// <summary>The most samples that a frame's probability waits for after the frame's end (look-ahead and block together).</summary>
    int LatencySamples { get; }

    /// <summary>Takes the next samples and appends the probabilities that became known, in frame order.</summary>
    /// <param name="samples">16 kHz mono, the continuation of the previous call's.</param>
    /// <param name="probabilities">Gets one value in [0, 1] for each finished frame.</param>
    void Push(ReadOnlySpan<float> samples, List<float> probabilities);

    /// <summary>Ends the stream: the remaining whole frames are completed as if silence followed.</summary>
    void Finish(List<float> probabilities);

    /// <summary>Forgets all state; the next sample is sample 0 of a new stream.</summary>
    void Reset();
}
