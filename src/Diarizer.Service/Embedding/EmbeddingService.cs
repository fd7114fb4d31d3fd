using System.Threading.Channels;
using Diarizer.Networks.Inference;
using Diarizer.Service.Telemetry;

namespace Diarizer.Service.Embedding;

/// <summary>
/// Embeds the windows of all streams. A stream opens a lane and has at most one window under way, so the queue holds one place a stream, one more for
/// somebody who is being enrolled, and never fills; a batch leaves when it is full, when every stream is in it, or when its first window has waited for the deadline.
/// </summary>
/// <remarks>Network calls run on threads of their own: they take tens of milliseconds on a CPU and would starve the thread pool.</remarks>
public sealed class EmbeddingService : IAsyncDisposable
{
    private readonly ISpeakerEmbedder _embedder;
    private readonly EmbeddingPlan _plan;
    private readonly TimeProvider _time;
    private readonly Channel<PendingEmbedding> _queue;
    private readonly EmbeddingMetrics? _metrics;
    private readonly Task[] _workers;

    /// <summary>Starts the workers.</summary>
    /// <param name="embedder">The network; owned by the caller, who disposes it after this service.</param>
    /// <param name="plan">Workers, batch size and deadline.</param>
    /// <param name="time">Measures the deadline.</param>
    /// <param name="metrics">Hears of every call of the network.</param>
    public EmbeddingService(ISpeakerEmbedder embedder, EmbeddingPlan plan, TimeProvider time, EmbeddingMetrics? metrics = null)
    {
        (_embedder, _plan, _time, _metrics) = (embedder, plan, time, metrics);
        _queue = Channel.CreateBounded<PendingEmbedding>(new BoundedChannelOptions(plan.Streams + 1) { FullMode = BoundedChannelFullMode.Wait });
        metrics?.Follow(() => _queue.Reader.Count);
        _workers = [.. Enumerable.Range(0, plan.Workers).Select(_ => Task.Factory.StartNew(Work, TaskCreationOptions.LongRunning))];
    }

    /// <summary>Length of an embedding.</summary>
    public int Dimension => _embedder.Dimension;

    /// <summary>The shortest window, in samples.</summary>
    public int MinimumSamples => _embedder.MinimumSamples;

    /// <summary>A lane for one stream.</summary>
    public EmbeddingLane OpenLane() => new(_queue.Writer, Dimension);

    /// <summary>Refuses new windows, finishes those under way and ends the workers.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await Task.WhenAll(_workers);
    }

    private void Work()
    {
        var batch = new List<PendingEmbedding>(_plan.MaxBatch);
        var windows = new List<ReadOnlyMemory<float>>(_plan.MaxBatch);
        var embeddings = new float[_plan.MaxBatch * Dimension];
        while (Collect(batch))
        {
            windows.Clear();
            foreach (var pending in batch)
                windows.Add(pending.Window);
            Embed(batch, windows, embeddings);
            batch.Clear();
        }
    }

    private void Embed(List<PendingEmbedding> batch, List<ReadOnlyMemory<float>> windows, float[] embeddings)
    {
        var began = _time.GetTimestamp();
        try
        {
            _embedder.Embed(windows, embeddings.AsSpan(0, windows.Count * Dimension));
        }
        catch (Exception error)
        {
            foreach (var pending in batch)
                pending.Fail(error);
            return;
        }

        _metrics?.Add(windows.Count, _time.GetElapsedTime(began));
        for (var i = 0; i < batch.Count; i++)
            batch[i].Complete(embeddings.AsSpan(i * Dimension, Dimension));
    }

    /// <summary>Waits for a first window, then for others within the deadline; false when the service has ended.</summary>
    private bool Collect(List<PendingEmbedding> batch)
    {
        if (!WaitForWindow(Timeout.InfiniteTimeSpan))
            return false;
        var begun = _time.GetTimestamp();
        while (batch.Count < _plan.MaxBatch)
        {
            if (_queue.Reader.TryRead(out var pending))
            {
                batch.Add(pending);
                continue;
            }

            var rest = _plan.Deadline - _time.GetElapsedTime(begun);
            var everybodyIsIn = batch.Count >= _plan.Streams;
            if (batch.Count > 0 && (everybodyIsIn || rest <= TimeSpan.Zero || !WaitForWindow(rest)))
                break;
            if (batch.Count == 0 && !WaitForWindow(Timeout.InfiniteTimeSpan))
                return false;
        }

        return true;
    }

    private bool WaitForWindow(TimeSpan patience)
    {
        var wait = _queue.Reader.WaitToReadAsync();
        if (wait.IsCompleted)
            return wait.Result;
        var task = wait.AsTask();
        return task.Wait(patience) && task.Result;
    }
}
