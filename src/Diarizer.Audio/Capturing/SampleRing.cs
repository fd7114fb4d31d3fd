namespace Diarizer.Audio.Capturing;

/// <summary>
/// A preallocated ring of samples with gaps between them. What is dropped turns into a gap, so samples and gaps together always add up to
/// the time that has passed. Not synchronised.
/// </summary>
internal sealed class SampleRing(int capacity, int gapCapacity = 256)
{
    private readonly float[] _samples = new float[capacity];
    private readonly (long Position, long Length)[] _gaps = new (long, long)[gapCapacity];
    private long _written;
    private long _read;
    private long _headGap;
    private int _firstGap;
    private int _gapCount;

    /// <summary>Samples waiting.</summary>
    public int Count => (int)(_written - _read);

    /// <summary>Samples that fit without dropping any.</summary>
    public int Free => _samples.Length - Count;

    /// <summary>True when <see cref="Read"/> would give a sample or a gap.</summary>
    public bool HasAnything => Count > 0 || _headGap > 0 || _gapCount > 0;

    /// <summary>Appends; the oldest samples make room.</summary>
    /// <returns>Samples dropped.</returns>
    public int Write(ReadOnlySpan<float> samples)
    {
        var dropped = 0;
        if (samples.Length > _samples.Length)
        {
            // Longer than everything there is room for: its own beginning goes too.
            var excess = samples.Length - _samples.Length;
            dropped = excess + Drop(Count);
            AddGap(excess);
            samples = samples[excess..];
        }
        else if (samples.Length > Free)
        {
            dropped = Drop(samples.Length - Free);
        }

        var start = (int)(_written % _samples.Length);
        var first = Math.Min(samples.Length, _samples.Length - start);
        samples[..first].CopyTo(_samples.AsSpan(start));
        samples[first..].CopyTo(_samples);
        _written += samples.Length;
        return dropped;
    }

    /// <summary>Notes that samples are missing after the last one written.</summary>
    /// <returns>Samples dropped to make room for the note.</returns>
    public int AddGap(long length)
    {
        if (length <= 0) return 0;
        if (_gapCount > 0)
        {
            ref var last = ref _gaps[(_firstGap + _gapCount - 1) % _gaps.Length];
            if (last.Position == _written)
            {
                last.Length += length;
                return 0;
            }
        }

        var dropped = _gapCount == _gaps.Length ? Drop((int)(_gaps[_firstGap].Position - _read)) : 0;
        _gaps[(_firstGap + _gapCount++) % _gaps.Length] = (_written, length);
        TakeGapAtHead();
        return dropped;
    }

    /// <summary>Takes the gap at the head, if any, and the samples up to the next one.</summary>
    public (int Samples, long Gap) Read(Span<float> buffer)
    {
        var gap = _headGap;
        _headGap = 0;
        var until = _gapCount > 0 ? _gaps[_firstGap].Position : _written;
        var count = (int)Math.Min(buffer.Length, until - _read);
        var start = (int)(_read % _samples.Length);
        var first = Math.Min(count, _samples.Length - start);
        _samples.AsSpan(start, first).CopyTo(buffer);
        _samples.AsSpan(0, count - first).CopyTo(buffer[first..]);
        _read += count;
        TakeGapAtHead();
        return (count, gap);
    }

    private int Drop(int count)
    {
        var end = _read + count;
        _headGap += count;
        _read = end;
        TakeGapAtHead();
        return count;
    }

    private void TakeGapAtHead()
    {
        while (_gapCount > 0 && _gaps[_firstGap].Position <= _read)
        {
            _headGap += _gaps[_firstGap].Length;
            _firstGap = (_firstGap + 1) % _gaps.Length;
            _gapCount--;
        }
    }
}
