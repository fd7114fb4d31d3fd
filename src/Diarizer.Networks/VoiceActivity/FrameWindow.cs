namespace Diarizer.Networks.VoiceActivity;

/// <summary>The last few frames in one contiguous row, oldest first; starts as zeros.</summary>
internal sealed class FrameWindow(int frames, int width)
{
    private readonly float[] _values = new float[frames * width];

    public ReadOnlySpan<float> Values => _values;

    /// <summary>Drops the oldest frame and returns the place for the newest.</summary>
    public Span<float> Advance()
    {
        _values.AsSpan(width).CopyTo(_values);
        return _values.AsSpan(_values.Length - width);
    }

    public void Reset() => _values.AsSpan().Clear();
}
