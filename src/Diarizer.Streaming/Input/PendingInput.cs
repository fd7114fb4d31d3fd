namespace Diarizer.Streaming.Input;

/// <summary>
/// What was written but not yet taken in: runs of samples and the gaps between them, in order. It holds as much as the caller writes
/// ahead; a caller that advances after each write keeps it at one write.
/// </summary>
internal sealed class PendingInput
{
    private readonly Queue<(long Before, long Length)> _gaps = new();
    private float[] _samples = new float[16 * 160];
    private int _start;
    private int _count;
    private long _afterLastGap;

    /// <summary>Samples that can be taken before the next gap or the end of what was written.</summary>
    public int Available => _gaps.TryPeek(out var gap) ? (int)gap.Before : _count;

    /// <summary>True when a gap follows the available samples.</summary>
    public bool GapFollows => _gaps.Count > 0;

    /// <summary>Length of the gap that follows.</summary>
    public long NextGap => _gaps.Peek().Length;

    public void Write(ReadOnlySpan<float> samples)
    {
        Reserve(samples.Length);
        samples.CopyTo(_samples.AsSpan(_start + _count));
        _count += samples.Length;
        _afterLastGap += samples.Length;
    }

    public void WriteGap(long length)
    {
        _gaps.Enqueue((_afterLastGap, length));
        _afterLastGap = 0;
    }

    /// <summary>Takes samples; the span is valid until the next write.</summary>
    public ReadOnlySpan<float> Take(int count)
    {
        var taken = _samples.AsSpan(_start, count);
        _start += count;
        _count -= count;
        if (_gaps.TryPeek(out var gap))
            ShortenFirstGap(gap, count);
        else
            _afterLastGap -= count;
        return taken;
    }

    /// <summary>Takes the gap that follows; no sample may be available before it.</summary>
    public long TakeGap() => _gaps.Dequeue().Length;

    public void Clear()
    {
        _gaps.Clear();
        _start = _count = 0;
        _afterLastGap = 0;
    }

    private void ShortenFirstGap((long Before, long Length) first, int taken)
    {
        for (var i = 0; i < _gaps.Count; i++)
        {
            var gap = _gaps.Dequeue();
            _gaps.Enqueue(i == 0 ? (first.Before - taken, gap.Length) : gap);
        }
    }

    private void Reserve(int more)
    {
        if (_start + _count + more <= _samples.Length)
            return;
        var target = _count + more <= _samples.Length ? _samples : new float[Math.Max(2 * _samples.Length, _count + more)];
        _samples.AsSpan(_start, _count).CopyTo(target);
        _samples = target;
        _start = 0;
    }
}
