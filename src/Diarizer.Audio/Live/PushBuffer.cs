namespace Diarizer.Audio.Live;

/// <summary>
/// Between a library that pushes frames on its own thread and a reader that pulls them. Preallocated; when it is full, what comes is dropped
/// and counted until the reader has caught up, so that the loss has one place and one exact length.
/// </summary>
internal sealed class PushBuffer(int capacityFrames, int channels)
{
    private readonly object _gate = new();
    private readonly float[] _samples = new float[capacityFrames * channels];
    private long _written;
    private long _read;
    private long _lostFrames;
    private string? _fault;

    /// <summary>Appends whole frames, or counts them as lost.</summary>
    public void Push(ReadOnlySpan<float> interleaved)
    {
        lock (_gate)
        {
            if (_lostFrames > 0 || interleaved.Length > _samples.Length - (_written - _read))
            {
                _lostFrames += interleaved.Length / channels;
            }
            else
            {
                var start = (int)(_written % _samples.Length);
                var first = Math.Min(interleaved.Length, _samples.Length - start);
                interleaved[..first].CopyTo(_samples.AsSpan(start));
                interleaved[first..].CopyTo(_samples);
                _written += interleaved.Length;
            }

            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Nothing further will be pushed.</summary>
    public void Fail(string reason)
    {
        lock (_gate)
        {
            _fault ??= reason;
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Takes what there is, waiting a little when there is nothing.</summary>
    public DeviceRead Read(Span<float> interleaved, TimeSpan patience)
    {
        lock (_gate)
        {
            if (_written == _read && _lostFrames == 0 && _fault is null) Monitor.Wait(_gate, patience);
            var count = (int)Math.Min(interleaved.Length / channels * channels, _written - _read);
            if (count == 0)
            {
                var lost = _lostFrames;
                _lostFrames = 0;
                return lost > 0 ? new(0, 0, lost) : new(0, Fault: _fault);
            }

            var start = (int)(_read % _samples.Length);
            var first = Math.Min(count, _samples.Length - start);
            _samples.AsSpan(start, first).CopyTo(interleaved);
            _samples.AsSpan(0, count - first).CopyTo(interleaved[first..]);
            _read += count;
            return new(count / channels, (_written - _read) / channels);
        }
    }
}
