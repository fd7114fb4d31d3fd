using System.Numerics.Tensors;
using Diarizer.Networks.Inference;
using Diarizer.Streaming.VoiceActivity;

namespace Diarizer.Streaming.Input;

/// <summary>
/// Takes input in steps of one frame, whatever the pieces it was written in, and turns it into frames with speech probabilities; keeps the
/// most recent samples for the windows.
/// </summary>
internal sealed class FrameSource(IVoiceActivityDetector detector, PendingInput pending, int samplesKept)
{
    private readonly float[] _step = new float[SpeechFrame.Length];
    private readonly List<float> _probabilities = [];
    private readonly float[] _energies = new float[(samplesKept / SpeechFrame.Length) + 1];
    private int _filled;
    private long _silenceLeft;
    private int _next;
    private long _nextFrame;
    private long _origin;

    /// <summary>Samples taken in, in whole steps; the rest is taken in when a run of audio ends.</summary>
    public long Position { get; private set; }

    /// <summary>Where the next pending sample lies.</summary>
    public long InputPosition => Position + _filled;

    /// <summary>The most recent samples.</summary>
    public SampleRing Recent { get; } = new(samplesKept);

    /// <summary>Begins a run of audio at <paramref name="position"/> with fresh detector state.</summary>
    public void Restart(long position)
    {
        detector.Reset();
        _probabilities.Clear();
        _next = _filled = 0;
        _silenceLeft = _nextFrame = 0;
        Position = _origin = position;
        Recent.Restart(position);
    }

    /// <summary>The next frame whose probability is known.</summary>
    public bool TryTakeFrame(out SpeechFrame frame)
    {
        if (_next == _probabilities.Count)
        {
            _probabilities.Clear();
            _next = 0;
            frame = default;
            return false;
        }

        frame = new SpeechFrame(_origin + (_nextFrame * SpeechFrame.Length), _probabilities[_next++], _energies[_nextFrame % _energies.Length]);
        _nextFrame++;
        return true;
    }

    /// <summary>Takes one step of input, if a whole one is there.</summary>
    public bool TryStep()
    {
        while (_filled < _step.Length)
        {
            var room = _step.AsSpan(_filled);
            if (_silenceLeft > 0)
            {
                var silent = (int)Math.Min(room.Length, _silenceLeft);
                room[..silent].Clear();
                _silenceLeft -= silent;
                _filled += silent;
            }
            else
            {
                var count = Math.Min(room.Length, pending.Available);
                if (count == 0)
                    return false;
                pending.Take(count).CopyTo(room);
                _filled += count;
            }
        }

        TakeStep();
        return true;
    }

    /// <summary>Stands in for lost audio.</summary>
    public void FillWithSilence(long samples) => _silenceLeft += samples;

    /// <summary>Takes in what does not fill a step and completes the frames of this run.</summary>
    public void FinishRun()
    {
        if (_filled > 0)
            TakeStep();
        detector.Finish(_probabilities);
    }

    private void TakeStep()
    {
        var step = _step.AsSpan(0, _filled);
        _energies[(Position - _origin) / SpeechFrame.Length % _energies.Length] = TensorPrimitives.SumOfSquares(step) / step.Length;
        Recent.Append(step);
        Position += _filled;
        _filled = 0;
        detector.Push(step, _probabilities);
    }
}
