using System.Threading.Tasks.Sources;

namespace Diarizer.Audio.Capturing;

/// <summary>
/// Hands samples from the capture thread to one asynchronous reader. Nothing is allocated per read: the queue itself is the task source and
/// the work item that wakes the reader on the thread pool, so that the capture thread never runs the reader's code.
/// </summary>
internal sealed class CaptureQueue(int capacity) : IValueTaskSource<CaptureRead>, IThreadPoolWorkItem
{
    private readonly object _gate = new();
    private readonly SampleRing _ring = new(capacity);
    private ManualResetValueTaskSourceCore<CaptureRead> _wake;
    private Memory<float> _destination;
    private CancellationToken _cancellation;
    private CancellationTokenRegistration _registration;
    private UserErrorException? _failure;
    private bool _waiting;
    private bool _waking;
    private bool _ended;
    private bool _closed;

    public int Count
    {
        get
        {
            lock (_gate) return _ring.Count;
        }
    }

    /// <summary>Appends; drops the oldest audio when there is no room.</summary>
    /// <returns>Samples dropped.</returns>
    public int WriteOrDrop(ReadOnlySpan<float> samples)
    {
        lock (_gate)
        {
            var dropped = _ring.Write(samples);
            Wake();
            return dropped;
        }
    }

    /// <summary>Appends; waits for the reader when there is no room. Gives up when the queue is closed.</summary>
    public void WriteOrWait(ReadOnlySpan<float> samples)
    {
        lock (_gate)
        {
            while (!samples.IsEmpty)
            {
                while (_ring.Free == 0 && !_closed) Monitor.Wait(_gate);
                if (_closed) return;
                var part = Math.Min(samples.Length, _ring.Free);
                _ring.Write(samples[..part]);
                samples = samples[part..];
                Wake();
            }
        }
    }

    /// <summary>Notes a gap after what has been written.</summary>
    /// <returns>Samples dropped.</returns>
    public int AddGap(long length)
    {
        lock (_gate)
        {
            var dropped = _ring.AddGap(length);
            Wake();
            return dropped;
        }
    }

    /// <summary>Nothing further will come; a failure reaches the reader after the last sample.</summary>
    public void End(UserErrorException? failure)
    {
        lock (_gate)
        {
            _ended = true;
            _failure = failure;
            Wake();
        }
    }

    /// <summary>Lets a writer that waits for room go.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            Monitor.PulseAll(_gate);
        }
    }

    public ValueTask<CaptureRead> ReadAsync(Memory<float> buffer, CancellationToken cancellation)
    {
        if (buffer.IsEmpty) throw new ArgumentException("There must be room for a sample.", nameof(buffer));
        lock (_gate)
        {
            if (_waiting) throw new InvalidOperationException("A read is under way; a capture has one reader.");
            if (cancellation.IsCancellationRequested) return ValueTask.FromCanceled<CaptureRead>(cancellation);
            if (IsReady) return _failure is { } failure && !_ring.HasAnything ? ValueTask.FromException<CaptureRead>(failure) : new(Take(buffer.Span));
            _waiting = true;
            _destination = buffer;
            _cancellation = cancellation;
            _wake.Reset();
            _registration = cancellation.UnsafeRegister(static queue => ((CaptureQueue)queue!).Cancel(), this);
            return new(this, _wake.Version);
        }
    }

    CaptureRead IValueTaskSource<CaptureRead>.GetResult(short token) => _wake.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<CaptureRead>.GetStatus(short token) => _wake.GetStatus(token);

    void IValueTaskSource<CaptureRead>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _wake.OnCompleted(continuation, state, token, flags);

    void IThreadPoolWorkItem.Execute()
    {
        CaptureRead read = default;
        UserErrorException? failure = null;
        lock (_gate)
        {
            _waking = false;
            if (!_waiting || !IsReady) return;
            if (_ring.HasAnything || _failure is null) read = Take(_destination.Span);
            else failure = _failure;
            Settle();
        }

        if (failure is null) _wake.SetResult(read);
        else _wake.SetException(failure);
    }

    private bool IsReady => _ended || _ring.HasAnything;

    private void Cancel()
    {
        lock (_gate)
        {
            if (!_waiting) return;
            Settle();
        }

        _wake.SetException(new OperationCanceledException(_cancellation));
    }

    private void Settle()
    {
        _waiting = false;
        _destination = default;
        // Not Dispose: it would wait for a cancellation that may be waiting for the gate.
        _registration.Unregister();
    }

    private CaptureRead Take(Span<float> buffer)
    {
        var (samples, gap) = _ring.Read(buffer);
        Monitor.PulseAll(_gate);
        return new(samples, gap, samples == 0 && gap == 0 && _ended);
    }

    private void Wake()
    {
        if (!_waiting || _waking || !IsReady) return;
        _waking = true;
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }
}
