using Diarizer.Audio;
using Diarizer.Networks.Inference;
using Diarizer.Streaming.Input;
using Diarizer.Streaming.VoiceActivity;

namespace Diarizer.Streaming.LocalSpeakers;

/// <summary>Lets the segmentation network hear the last seconds every so often while somebody talks, and remembers what it says.</summary>
internal sealed class LocalListener
{
    private const float LeastProbability = 0.5f;

    private readonly ISpeakerSegmenter _segmenter;
    private readonly FrameHistory _frames;
    private readonly SampleRing _samples;
    private readonly int _frame;
    private readonly long _step, _window;
    private readonly float[] _audio, _activity;
    private long _origin, _next, _heard;

    /// <param name="options">Window and step.</param>
    /// <param name="segmenter">The network.</param>
    /// <param name="frames">Speech probabilities of at least the last window.</param>
    /// <param name="samples">Audio of at least the last window.</param>
    /// <param name="most">Most windows that are remembered.</param>
    public LocalListener(SegmentationOptions options, ISpeakerSegmenter segmenter, FrameHistory frames, SampleRing samples, int most)
    {
        History = new ActivityHistory(most);
        (_segmenter, _frames, _samples, _frame) = (segmenter, frames, samples, segmenter.FrameSamples);
        _step = SampleClock.FromSeconds(options.Step);
        _window = SampleClock.FromSeconds(options.Window) / _frame * _frame;
        _audio = new float[_window];
        _activity = new float[segmenter.FrameCount(_audio.Length) * segmenter.Speakers];
    }

    /// <summary>What was heard.</summary>
    public ActivityHistory History { get; }

    /// <summary>Begins a run of audio.</summary>
    public void Restart(long position)
    {
        _origin = (position + _frame - 1) / _frame * _frame;
        _heard = _origin;
        _next = _origin + _step;
    }

    /// <summary>Listens when it is time to; after each frame.</summary>
    public void ListenWhenDue()
    {
        if (_frames.End < _next)
            return;
        _next += _step;
        Listen();
    }

    /// <summary>Listens to what is left of a run of audio.</summary>
    public void Finish()
    {
        if (_frames.End / _frame * _frame > _heard)
            Listen();
    }

    private void Listen()
    {
        long end = _frames.End / _frame * _frame, start = Math.Max(_origin, end - _window);
        int length = (int)(end - start);
        if (length < Math.Max(_segmenter.MinimumSamples, _frame) || !IsSpeech(start, end))
            return;
        _heard = end;
        var audio = _audio.AsSpan(0, length);
        _samples.CopyTo(start, audio);
        _segmenter.Segment(audio, _activity);
        History.Add(Kept(start, Math.Min(length / _frame, _segmenter.FrameCount(length))));
    }

    private bool IsSpeech(long start, long end)
    {
        for (long at = _frames.FirstFrom(start); at < end; at += SpeechFrame.Length)
        {
            if (_frames[at].Probability >= LeastProbability)
                return true;
        }

        return false;
    }

    private LocalActivity Kept(long start, int count)
    {
        byte[] activity = new byte[count * _segmenter.Speakers], speech = new byte[count];
        for (int i = 0; i < activity.Length; i++)
            activity[i] = LocalActivity.Quantise(_activity[i]);
        for (int i = 0; i < count; i++)
            speech[i] = LocalActivity.Quantise(SpeechIn(start + ((long)i * _frame), start + ((long)(i + 1) * _frame)));
        return new LocalActivity(start, _frame, _segmenter.Speakers, activity, speech);
    }

    private float SpeechIn(long start, long end)
    {
        float sum = 0;
        int count = 0;
        for (long at = _frames.FirstFrom(start); at < end && at < _frames.End; at += SpeechFrame.Length)
            (sum, count) = (sum + _frames[at].Probability, count + 1);
        return count == 0 ? 0 : sum / count;
    }
}
