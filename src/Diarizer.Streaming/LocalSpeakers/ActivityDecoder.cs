using Diarizer.Audio;

namespace Diarizer.Streaming.LocalSpeakers;

/// <summary>Turns the probabilities of a <see cref="VoiceActivityMap"/> into segments: the likeliest voice where somebody talks, and the next where a second one does.</summary>
internal sealed class ActivityDecoder(SegmentationOptions options, int frameSamples)
{
    private readonly int _filledPause = Frames(options.FilledPause, frameSamples), _shortestSpeech = Frames(options.ShortestSpeech, frameSamples);
    private readonly int _filledOverlap = Frames(options.FilledOverlap, frameSamples), _shortestOverlap = Frames(options.ShortestOverlap, frameSamples);
    private readonly int _filledTurn = Frames(options.FilledTurn, frameSamples), _shortestTurn = Frames(options.ShortestTurn, frameSamples);

    /// <summary>The segments of a map, by voice and time; those of one voice do not touch.</summary>
    public List<VoiceSegment> Decode(VoiceActivityMap map)
    {
        var (first, second) = Likeliest(map);
        var speech = new bool[map.Frames];
        for (int frame = 0; frame < speech.Length; frame++)
            speech[frame] = (options.VoiceActivityShare * map.Speech(frame)) + ((1 - options.VoiceActivityShare) * map.Talk(frame)) > options.SpeechThreshold;
        Runs.Smooth(speech, _filledPause, _shortestSpeech);
        var both = new bool[map.Frames];
        for (int frame = 0; frame < both.Length; frame++)
            both[frame] = second[frame] >= 0 && map.Count(frame) > options.OverlapCount && map.Of(frame)[second[frame]] > options.OverlapThreshold;
        Runs.Smooth(both, _filledOverlap, _shortestOverlap);

        var segments = new List<VoiceSegment>();
        var own = new bool[map.Frames];
        for (int voice = 0; voice < map.Voices; voice++)
        {
            for (int frame = 0; frame < own.Length; frame++)
                own[frame] = speech[frame] && (first[frame] == voice || (both[frame] && second[frame] == voice));
            Runs.Smooth(own, _filledTurn, _shortestTurn);
            Collect(own, voice, map.FirstFrame, segments);
        }

        return segments;
    }

    // The likeliest voice of each frame, by local speakers and embeddings, and the likeliest of the other local speakers; where nothing is known, the last or next one known.
    private (int[] First, int[] Second) Likeliest(VoiceActivityMap map)
    {
        var (first, second) = (new int[map.Frames], new int[map.Frames]);
        var weights = new float[map.Voices];
        for (int frame = 0; frame < map.Frames; frame++)
        {
            var activity = map.Of(frame);
            var heard = map.Heard(frame);
            for (int voice = 0; voice < weights.Length; voice++)
                weights[voice] = (float)(((1 - options.WindowShare) * activity[voice]) + (options.WindowShare * map.Talk(frame) * heard[voice]));
            first[frame] = Largest(weights, without: -1);
            second[frame] = first[frame] < 0 ? -1 : Largest(activity, first[frame]);
            if (first[frame] < 0 && frame > 0)
                first[frame] = first[frame - 1];
        }

        int known = Array.FindIndex(first, voice => voice >= 0);
        first.AsSpan(0, Math.Max(0, known)).Fill(known < 0 ? 0 : first[known]);
        return (first, second);
    }

    // The largest positive value but one's; -1 when there is none.
    private static int Largest(ReadOnlySpan<float> values, int without)
    {
        int largest = -1;
        for (int i = 0; i < values.Length; i++)
        {
            if (i != without && values[i] > 0 && (largest < 0 || values[i] > values[largest]))
                largest = i;
        }

        return largest;
    }

    private void Collect(ReadOnlySpan<bool> marks, int voice, long firstFrame, List<VoiceSegment> segments)
    {
        for (int start = 0; start < marks.Length; start++)
        {
            if (!marks[start])
                continue;
            int end = start;
            while (end < marks.Length && marks[end])
                end++;
            segments.Add(new VoiceSegment(voice, (firstFrame + start) * frameSamples, (firstFrame + end) * frameSamples));
            start = end;
        }
    }

    private static int Frames(double seconds, int frameSamples) => (int)Math.Round(seconds * SampleClock.Rate / frameSamples);
}
