namespace Diarizer.Streaming.Input;

/// <summary>The most recent samples of the stream, addressed by their index on the capture clock.</summary>
internal sealed class SampleRing(int capacity)
{
    private readonly float[] _samples = new float[capacity];
    private long _first;

    /// <summary>The oldest sample that is still held.</summary>
    public long Start => Math.Max(_first, End - _samples.Length);

    /// <summary>The sample after the newest.</summary>
    public long End { get; private set; }

    /// <summary>Forgets everything; the next sample is number <paramref name="position"/>.</summary>
    public void Restart(long position) => _first = End = position;

    public void Append(ReadOnlySpan<float> samples)
    {
        if (samples.Length > _samples.Length)
            throw new ArgumentOutOfRangeException(nameof(samples));
        var at = (int)(End % _samples.Length);
        var head = Math.Min(samples.Length, _samples.Length - at);
        samples[..head].CopyTo(_samples.AsSpan(at));
        samples[head..].CopyTo(_samples);
        End += samples.Length;
    }

    /// <summary>Copies the samples from <paramref name="start"/> on.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Some of them are not held.</exception>
    public void CopyTo(long start, Span<float> destination)
    {
        if (start < Start || start + destination.Length > End)
            throw new ArgumentOutOfRangeException(nameof(start), "the ring does not hold these samples");
        var at = (int)(start % _samples.Length);
        var head = Math.Min(destination.Length, _samples.Length - at);
        _samples.AsSpan(at, head).CopyTo(destination);
        _samples.AsSpan(0, destination.Length - head).CopyTo(destination[head..]);
    }
}
