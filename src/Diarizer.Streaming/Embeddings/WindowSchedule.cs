using Diarizer.Audio;
using Diarizer.Streaming.VoiceActivity;

namespace Diarizer.Streaming.Embeddings;

/// <summary>
/// Decides which windows are embedded: inside a stretch of speech the first windows grow from the shortest to full length, then they
/// slide by the hop; a pause ends the stretch, with one last window when enough speech was not covered.
/// </summary>
internal sealed class WindowSchedule(WindowOptions options, FrameHistory frames, int minimumSamples)
{
    private readonly long _length = Math.Max(minimumSamples, SampleClock.FromSeconds(options.Length));
    private readonly long _hop = SampleClock.FromSeconds(options.Hop);
    private readonly long _shortest = SampleClock.FromSeconds(options.Shortest);
    private readonly long _pause = SampleClock.FromSeconds(options.MaximumPause);
    private readonly long _tail = SampleClock.FromSeconds(options.MinimumTail);
    private bool _open;
    private long _start;
    private long _speechEnd;
    private long _uncovered;
    private bool _first;
    private Window? _due;

    /// <summary>True when a window waits to be taken.</summary>
    public bool IsDue => _due.HasValue;

    /// <summary>The most samples a window can have.</summary>
    public int MaximumSamples => (int)_length;

    public void Restart()
    {
        _open = false;
        _due = null;
    }

    /// <summary>Takes the next frame, which the frame history already holds.</summary>
    /// <param name="frameEnd">Where the frame ends.</param>
    /// <param name="isSpeech">Whether it is speech.</param>
    /// <param name="opened">Where speech began, when this frame opened the gate.</param>
    public void Push(long frameEnd, bool isSpeech, long? opened)
    {
        if (isSpeech)
        {
            if (!_open)
                Open(opened ?? frameEnd - SpeechFrame.Length);
            _uncovered += frameEnd - Math.Max(_speechEnd, frameEnd - SpeechFrame.Length);
            _speechEnd = frameEnd;
            if (_uncovered >= (_first ? _shortest : _hop))
                Issue(frameEnd);
        }
        else if (_open && frameEnd - _speechEnd >= _pause)
        {
            Flush();
        }
    }

    /// <summary>Ends the stretch; the speech that no window covered becomes the last one when there is enough of it.</summary>
    /// <returns>True when that made a window due.</returns>
    public bool Flush()
    {
        if (_open && _uncovered >= _tail)
            Issue(_speechEnd);
        _open = false;
        return IsDue;
    }

    public bool TryTake(out Window window)
    {
        window = _due.GetValueOrDefault();
        var any = _due.HasValue;
        _due = null;
        return any;
    }

    private void Open(long start)
    {
        _open = _first = true;
        _start = start;
        _speechEnd = start;
        _uncovered = 0;
        // The frames since the gate's start were speech before it was known.
        var known = frames.End - SpeechFrame.Length - start;
        if (known > 0)
        {
            _uncovered = known;
            _speechEnd = start + known;
        }
    }

    private void Issue(long end)
    {
        _first = false;
        _uncovered = 0;
        var start = Math.Max(_start, end - _length);
        // Too short for the network: what lies before the stretch fills it up.
        start = Math.Max(Math.Min(start, end - minimumSamples), frames.Start);
        var (speech, probability) = frames.SpeechIn(start, end);
        if (end - start >= minimumSamples && speech >= options.MinimumSpeechFraction * (end - start))
            _due = new Window(start, end, speech, probability);
    }
}
