using Diarizer.Service.Options;

namespace Diarizer.Service.Embedding;

/// <summary>How the embedding service works on the device at hand.</summary>
/// <param name="Workers">Network calls at the same time.</param>
/// <param name="MaxBatch">Windows in one call.</param>
/// <param name="Deadline">How long the first window of a batch waits for others.</param>
/// <param name="Streams">Streams that ask; a batch that holds a window of each has nobody left to wait for.</param>
public sealed record EmbeddingPlan(int Workers, int MaxBatch, TimeSpan Deadline, int Streams)
{
    /// <summary>
    /// A GPU gains from batches. The CPU embeds window by window: one core is busy with a single window already, and a window's embedding
    /// must not depend, not even in its last bit, on what other rooms said at the time.
    /// </summary>
    public static EmbeddingPlan For(EmbeddingOptions options, bool gpu, int streams) => gpu
        ? new(1, options.MaxBatch, TimeSpan.FromMilliseconds(options.DeadlineMs), streams)
        : new(options.Workers > 0 ? options.Workers : Math.Clamp(streams, 1, Environment.ProcessorCount), 1, TimeSpan.Zero, streams);
}
