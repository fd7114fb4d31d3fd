namespace Diarizer.Streaming.VoiceActivity;

/// <summary>The most recent frames since the last gap, addressed by sample.</summary>
internal sealed class FrameHistory(int capacity)
{
    private readonly SpeechFrame[] _frames = new SpeechFrame[capacity];
    private readonly bool[] _speech = new bool[capacity];
    private long _origin;
    private long _count;

    /// <summary>Start of the oldest frame that is still held.</summary>
    public long Start => _origin + (Math.Max(0, _count - _frames.Length) * SpeechFrame.Length);

    /// <summary>End of the newest frame.</summary>
    public long End => _origin + (_count * SpeechFrame.Length);

    public void Restart(long origin)
    {
        _origin = origin;
        _count = 0;
    }

    public void Append(SpeechFrame frame)
    {
        var slot = (int)(_count++ % _frames.Length);
        _frames[slot] = frame;
        _speech[slot] = false;
    }

    /// <summary>Marks the frames that start in [start, end) as speech.</summary>
    public void MarkSpeech(long start, long end)
    {
        for (var at = FirstFrom(start); at < Math.Min(end, End); at += SpeechFrame.Length)
            _speech[Slot(at)] = true;
    }

    public SpeechFrame this[long start] => _frames[Slot(start)];

    public bool IsSpeech(long start) => _speech[Slot(start)];

    /// <summary>Samples of speech, and the mean speech probability over them, in [start, end).</summary>
    public (long Samples, double Probability) SpeechIn(long start, long end)
    {
        var frames = 0;
        var sum = 0.0;
        for (var at = FirstFrom(start); at < Math.Min(end, End); at += SpeechFrame.Length)
        {
            if (!_speech[Slot(at)])
                continue;
            frames++;
            sum += _frames[Slot(at)].Probability;
        }

        return ((long)frames * SpeechFrame.Length, frames == 0 ? 0 : sum / frames);
    }

    /// <summary>The start of the first held frame that does not start before <paramref name="sample"/>.</summary>
    public long FirstFrom(long sample)
    {
        var frame = (Math.Max(sample, Start) - _origin + SpeechFrame.Length - 1) / SpeechFrame.Length;
        return _origin + (frame * SpeechFrame.Length);
    }

    private int Slot(long start) => (int)((start - _origin) / SpeechFrame.Length % _frames.Length);
}
