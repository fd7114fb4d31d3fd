using Diarizer.Streaming.Scoring;
using Diarizer.Streaming.Turns;

namespace Diarizer.Streaming.LocalSpeakers;

/// <summary>
/// Which voice of the session talks in each frame: in each window of the segmentation network the local speakers are matched one to one with
/// the voices of the embeddings that were heard where they talk alone (so two who talk at once cannot be one voice), then the windows that cover a frame
/// are averaged (Bredin and Laurent 2021, section 3).
/// </summary>
internal sealed class VoiceActivityMap
{
    private const float Edge = 0.05f;

    private readonly float[] _activity, _heard, _count, _speech;
    private readonly int[] _windows;

    private VoiceActivityMap(long firstFrame, int frames, int voices)
    {
        (FirstFrame, Voices) = (firstFrame, voices);
        _activity = new float[frames * voices];
        _heard = new float[frames * voices];
        _count = new float[frames];
        _speech = new float[frames];
        _windows = new int[frames];
    }

    /// <summary>First frame, counted from sample 0 of the session.</summary>
    public long FirstFrame { get; }

    /// <summary>Voices of the session.</summary>
    public int Voices { get; }

    /// <summary>Number of frames.</summary>
    public int Frames => _windows.Length;

    /// <summary>The probability that each voice talks in a frame.</summary>
    public ReadOnlySpan<float> Of(int frame) => _activity.AsSpan(frame * Voices, Voices);

    /// <summary>The share of each voice in what the embeddings around a frame say; zeros where there are none.</summary>
    public ReadOnlySpan<float> Heard(int frame) => _heard.AsSpan(frame * Voices, Voices);

    /// <summary>The expected number of people who talk in a frame.</summary>
    public float Count(int frame) => _count[frame];

    /// <summary>The probability that anybody talks in a frame, by the segmentation network.</summary>
    public float Talk(int frame) => Math.Min(1, _count[frame]);

    /// <summary>The same by the voice activity network.</summary>
    public float Speech(int frame) => _speech[frame];

    /// <summary>Maps windows that follow each other without a break.</summary>
    /// <param name="windows">At least one, in order of time.</param>
    /// <param name="heard">Embedded windows in order of time.</param>
    /// <param name="voices">The voice of each, from 0.</param>
    public static VoiceActivityMap Of(IReadOnlyList<LocalActivity> windows, IReadOnlyList<Observation> heard, ReadOnlySpan<int> voices)
    {
        int count = 1;
        foreach (int voice in voices)
            count = Math.Max(count, voice + 1);
        var map = new VoiceActivityMap(windows[0].FirstFrame, (int)(windows.Max(w => w.FirstFrame + w.Frames) - windows[0].FirstFrame), count);
        int first = 0;
        foreach (var window in windows)
        {
            while (first < heard.Count && heard[first].Window.End <= window.Start)
                first++;
            var evidence = Evidence(window, heard, voices, first, count);
            map.Add(window, Match(window, evidence));
            map.Hear(window, evidence);
        }

        map.Average();
        return map;
    }

    // How much each frame's embeddings speak for each voice: most in the middle of an embedded window.
    private static float[,] Evidence(LocalActivity window, IReadOnlyList<Observation> heard, ReadOnlySpan<int> voices, int first, int count)
    {
        var evidence = new float[window.Frames, count];
        for (int i = first; i < heard.Count && heard[i].Window.Start < window.End; i++)
        {
            long from = heard[i].Window.Start / window.FrameSamples, to = heard[i].Window.End / window.FrameSamples;
            float half = (to - from) / 2f;
            for (long frame = Math.Max(from, window.FirstFrame); frame < Math.Min(to, window.FirstFrame + window.Frames); frame++)
                evidence[frame - window.FirstFrame, voices[i]] += Edge + 1 - (Math.Abs(frame - from - half + 0.5f) / half);
        }

        return evidence;
    }

    // The voice of each local speaker; -1 for one who has none.
    private static int[] Match(LocalActivity window, float[,] evidence)
    {
        int voices = evidence.GetLength(1);
        var gain = new double[window.Speakers, voices];
        for (int frame = 0; frame < window.Frames; frame++)
        {
            float all = window.Count(frame);
            for (int speaker = 0; speaker < window.Speakers; speaker++)
            {
                float alone = (2 * window.Of(frame, speaker)) - all;
                if (alone <= 0)
                    continue;
                for (int voice = 0; voice < voices; voice++)
                    gain[speaker, voice] += alone * evidence[frame, voice];
            }
        }

        int[] matched = LinearAssignment.Maximize(gain);
        for (int speaker = 0; speaker < matched.Length; speaker++)
        {
            if (matched[speaker] >= 0 && gain[speaker, matched[speaker]] <= 0)
                matched[speaker] = -1;
        }

        return matched;
    }

    private void Add(LocalActivity window, int[] matched)
    {
        int offset = (int)(window.FirstFrame - FirstFrame);
        for (int i = 0; i < window.Frames; i++)
        {
            int frame = offset + i;
            _windows[frame]++;
            _count[frame] += window.Count(i);
            _speech[frame] += window.SpeechAt(i);
            for (int speaker = 0; speaker < matched.Length; speaker++)
            {
                if (matched[speaker] >= 0)
                    _activity[(frame * Voices) + matched[speaker]] += window.Of(i, speaker);
            }
        }
    }

    private void Hear(LocalActivity window, float[,] evidence)
    {
        for (int i = 0; i < window.Frames; i++)
        {
            float all = 0;
            for (int voice = 0; voice < Voices; voice++)
                all += evidence[i, voice];
            for (int voice = 0; voice < Voices && all > 0; voice++)
                _heard[((window.FirstFrame - FirstFrame + i) * Voices) + voice] = evidence[i, voice] / all;
        }
    }

    private void Average()
    {
        for (int frame = 0; frame < Frames; frame++)
        {
            float windows = Math.Max(1, _windows[frame]);
            _count[frame] /= windows;
            _speech[frame] /= windows;
            foreach (ref float activity in _activity.AsSpan(frame * Voices, Voices))
                activity /= windows;
        }
    }
}
