using Diarizer.Audio;

namespace Diarizer.Streaming.VoiceActivity;

/// <summary>What a frame did to the gate.</summary>
internal enum GateChange
{
    None,
    Opened,
    Closed,
}

/// <summary>Hysteresis over speech probabilities: opens after enough likely frames, closes after enough unlikely ones.</summary>
internal sealed class SpeechGate(VoiceActivityOptions options)
{
    private readonly int _framesToOpen = Frames(options.MinimumSpeech);
    private readonly int _framesToClose = Frames(options.MinimumSilence);
    private readonly long _startPadding = SampleClock.FromSeconds(options.StartPadding);
    private readonly long _endPadding = SampleClock.FromSeconds(options.EndPadding);
    private long _runStart;
    private int _likely;
    private int _unlikely;
    private long _lastSpeech;
    private long _earliestStart;

    public bool IsOpen { get; private set; }

    /// <summary>Where the current or last speech began.</summary>
    public long Start { get; private set; }

    /// <summary>The first frame of the current or last speech, without the padding.</summary>
    public long FirstFrame => _runStart;

    /// <summary>Where the last speech ended; while open, the end of its last speech frame.</summary>
    public long End { get; private set; }

    /// <summary>Where the speech before the current one ended.</summary>
    public long PreviousEnd { get; private set; }

    /// <summary>True when the frame just pushed is speech.</summary>
    public bool FrameIsSpeech { get; private set; }

    public void Restart(long origin)
    {
        IsOpen = FrameIsSpeech = false;
        _likely = _unlikely = 0;
        Start = End = PreviousEnd = _earliestStart = origin;
    }

    public GateChange Push(SpeechFrame frame)
    {
        FrameIsSpeech = false;
        return IsOpen ? PushOpen(frame) : PushClosed(frame);
    }

    /// <summary>Closes at the end of the audio.</summary>
    public bool CloseNow()
    {
        var wasOpen = IsOpen;
        IsOpen = false;
        _likely = 0;
        _earliestStart = End;
        return wasOpen;
    }

    private GateChange PushClosed(SpeechFrame frame)
    {
        if (frame.Probability < options.OffThreshold)
        {
            _likely = 0;
            return GateChange.None;
        }

        if (frame.Probability < options.OnThreshold)
            return GateChange.None;
        if (_likely++ == 0)
            _runStart = frame.Start;
        if (_likely < _framesToOpen)
            return GateChange.None;
        IsOpen = FrameIsSpeech = true;
        Start = Math.Max(_runStart - _startPadding, _earliestStart);
        PreviousEnd = End;
        End = _lastSpeech = frame.End;
        _unlikely = 0;
        return GateChange.Opened;
    }

    private GateChange PushOpen(SpeechFrame frame)
    {
        if (frame.Probability >= options.OffThreshold)
        {
            FrameIsSpeech = true;
            _unlikely = 0;
            End = _lastSpeech = frame.End;
            return GateChange.None;
        }

        if (++_unlikely < _framesToClose)
            return GateChange.None;
        End = Math.Min(_lastSpeech + _endPadding, frame.End);
        CloseNow();
        return GateChange.Closed;
    }

    private static int Frames(double seconds) => Math.Max(1, (int)Math.Round(seconds * SampleClock.Rate / SpeechFrame.Length));
}
