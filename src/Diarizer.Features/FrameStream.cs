using System.Runtime.InteropServices;

namespace Diarizer.Features;

/// <summary>
/// A front end fed piece by piece. Its frames equal <see cref="FrontEnd.Compute"/> on the whole bit for bit, however the samples are cut.
/// Holds one window of audio; used by one thread at a time.
/// </summary>
public class FrameStream
{
    private readonly FrontEnd _frontEnd;
    private readonly float[] _window;
    private float _before;
    private int _filled;

    /// <summary>Starts a stream at sample 0.</summary>
    /// <exception cref="ArgumentException">The front end needs whole recordings.</exception>
    public FrameStream(FrontEnd frontEnd)
    {
        ArgumentNullException.ThrowIfNull(frontEnd);
        if (!frontEnd.CanStream)
            throw new ArgumentException("This front end's frames depend on the whole recording; there is no stream of them.", nameof(frontEnd));
        _frontEnd = frontEnd;
        _window = new float[frontEnd.WindowLength];
    }

    /// <summary>Frames appended since the start or the last <see cref="Reset"/>.</summary>
    public long FrameCount { get; private set; }

    /// <summary>Takes the next samples and appends the frames that they complete.</summary>
    /// <param name="samples">Mono audio, the continuation of the previous call's.</param>
    /// <param name="frames">Gets whole rows of <see cref="FrontEnd.Bins"/> values; nothing is allocated while its capacity suffices.</param>
    /// <returns>The number of frames appended.</returns>
    public int Push(ReadOnlySpan<float> samples, List<float> frames)
    {
        ArgumentNullException.ThrowIfNull(frames);
        int appended = 0;
        while (!samples.IsEmpty)
        {
            int taken = Math.Min(samples.Length, _window.Length - _filled);
            samples[..taken].CopyTo(_window.AsSpan(_filled));
            samples = samples[taken..];
            _filled += taken;
            if (_filled < _window.Length)
                break;
            int at = frames.Count;
            CollectionsMarshal.SetCount(frames, at + _frontEnd.Bins);
            Complete(CollectionsMarshal.AsSpan(frames)[at..]);
            appended++;
        }
        return appended;
    }

    /// <summary>Forgets all samples; the next one is sample 0 of a new stream.</summary>
    public void Reset()
    {
        _filled = 0;
        FrameCount = 0;
    }

    private void Complete(Span<float> frame)
    {
        _frontEnd.ComputeFrame(_window, FrameCount == 0 ? _window[1] : _before, frame);
        FrameCount++;
        _before = _window[_frontEnd.Hop - 1];
        _window.AsSpan(_frontEnd.Hop).CopyTo(_window);
        _filled -= _frontEnd.Hop;
    }
}
