using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Diarizer.Audio.Capturing;
using Diarizer.Mqtt.Contract;

namespace Diarizer.Service.Streams;

// What a stream can be told while it runs. Orders are carried out by the worker itself, between two pieces of audio.
public sealed partial class StreamWorker
{
    private readonly ConcurrentQueue<Order> _orders = new();
    private readonly Lock _gate = new();
    private CancellationTokenSource? _reading;
    private bool _hasEnded;

    /// <summary>Something to do for the worker: does it, or says that it will not be done.</summary>
    private sealed record Order(Func<Task> CarryOut, Action Refuse);

    /// <summary>Ends the session, if one runs, and begins another: speakers and numbers start anew.</summary>
    /// <exception cref="UserErrorException">The stream has ended.</exception>
    public Task<StreamSession> StartSessionAsync() => OrderAsync(async () =>
    {
        await EndSessionAsync(null).ConfigureAwait(false);
        return BeginSession();
    });

    /// <summary>Ends the session; the stream hears nothing until <see cref="StartSessionAsync"/>.</summary>
    /// <exception cref="UserErrorException">No session runs, or the stream has ended.</exception>
    public Task<StreamSession> EndSessionAsync() => OrderAsync(async () =>
    {
        var session = _session?.Session ?? throw new UserErrorException($"No session runs in the stream {Stream}; start one with session/start.");
        await EndSessionAsync(null).ConfigureAwait(false);
        return session;
    });

    /// <summary>From now on the audio is thrown away unheard, or heard again. The session's clock goes on.</summary>
    /// <exception cref="UserErrorException">The stream has ended.</exception>
    public Task<StreamStatus> SetMutedAsync(bool muted) => OrderAsync(() =>
    {
        _monitor.SetMuted(muted);
        return Task.FromResult(_monitor.Status);
    });

    /// <summary>Changes who is who in the session.</summary>
    /// <exception cref="UserErrorException">No session runs, the stream has ended, or the change cannot be made.</exception>
    public Task<T> EditSpeakersAsync<T>(Func<SessionSpeakers, T> edit) => OrderAsync(() =>
        Task.FromResult((_session ?? throw new UserErrorException($"No session runs in the stream {Stream}; start one with session/start.")).Edit(edit)));

    private Task<T> OrderAsync<T>(Func<Task<T>> action)
    {
        TaskCompletionSource<T> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_hasEnded)
                throw new UserErrorException($"The stream {Stream} has ended.");
            _orders.Enqueue(new(CarryOutAsync, () => done.TrySetException(new UserErrorException($"The stream {Stream} has ended."))));
            // A source that delivers nothing must not keep orders waiting.
            _reading?.Cancel();
        }
        return done.Task;

        async Task CarryOutAsync()
        {
            try
            {
                done.TrySetResult(await action().ConfigureAwait(false));
            }
            catch (Exception e)
            {
                done.TrySetException(e);
            }
        }
    }

    /// <summary>Reads the next audio.</summary>
    /// <returns>Null when there are orders to carry out first.</returns>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<CaptureRead?> ReadAsync(CancellationToken stop)
    {
        lock (_gate)
        {
            if (!_orders.IsEmpty)
                return null;
            if (_reading is null || _reading.IsCancellationRequested)
            {
                _reading?.Dispose();
                _reading = CancellationTokenSource.CreateLinkedTokenSource(stop);
            }
        }
        try
        {
            return await _capture.ReadAsync(_buffer, _reading.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return null;
        }
    }

    private async Task CarryOutOrdersAsync()
    {
        while (_orders.TryDequeue(out var order))
            await order.CarryOut().ConfigureAwait(false);
    }

    private void RefuseOrders()
    {
        lock (_gate)
        {
            _hasEnded = true;
            _reading?.Dispose();
            _reading = null;
        }
        while (_orders.TryDequeue(out var order))
            order.Refuse();
    }
}
