using System.Threading.Channels;

namespace Diarizer.Training.Loops;

/// <summary>
/// Batches made ahead on background threads. Worker w makes the steps with step mod workers = w into a channel of its own that holds at most two, so
/// the order is that of the steps and memory is bounded; a full channel makes its worker wait.
/// </summary>
internal sealed class BatchQueue : IDisposable
{
    private const int Ahead = 2;
    private readonly Channel<PreparedBatch>[] _channels;
    private readonly Thread[] _threads;
    private readonly CancellationTokenSource _stop = new();

    /// <param name="workers">Threads.</param>
    /// <param name="first">The first step.</param>
    /// <param name="end">One past the last step.</param>
    public BatchQueue(Func<IBatchMaker> makers, int workers, long first, long end)
    {
        _channels = [.. Enumerable.Range(0, workers).Select(_ => Channel.CreateBounded<PreparedBatch>(new BoundedChannelOptions(Ahead) { SingleReader = true, SingleWriter = true }))];
        _threads = [.. Enumerable.Range(0, workers).Select(w => new Thread(() => Work(makers(), w, first, end)) { IsBackground = true, Name = $"batches {w}" })];
        foreach (var thread in _threads)
            thread.Start();
    }

    /// <summary>The batch of a step; steps are asked for in order.</summary>
    public PreparedBatch Take(long step)
    {
        var reader = _channels[step % _channels.Length].Reader;
        if (reader.TryRead(out var ready))
            return ready;
        try
        {
            return reader.ReadAsync().AsTask().GetAwaiter().GetResult();
        }
        catch (ChannelClosedException error) when (error.InnerException is { } cause)
        {
            throw cause is UserErrorException ? cause : new InvalidOperationException("Preparing a batch failed.", cause);
        }
    }

    public void Dispose()
    {
        _stop.Cancel();
        foreach (var thread in _threads)
            thread.Join();
        foreach (var channel in _channels)
        {
            while (channel.Reader.TryRead(out var left))
                left.Dispose();
        }
        _stop.Dispose();
    }

    private void Work(IBatchMaker maker, int worker, long first, long end)
    {
        var writer = _channels[worker].Writer;
        try
        {
            long step = first + ((worker - first) % _channels.Length + _channels.Length) % _channels.Length;
            for (; step < end && !_stop.IsCancellationRequested; step += _channels.Length)
            {
                var batch = maker.Make(step);
                if (writer.TryWrite(batch))
                    continue;
                writer.WriteAsync(batch, _stop.Token).AsTask().GetAwaiter().GetResult();
            }
            writer.Complete();
        }
        catch (OperationCanceledException)
        {
            writer.Complete();
        }
        catch (Exception error)
        {
            writer.Complete(error);
        }
    }
}
