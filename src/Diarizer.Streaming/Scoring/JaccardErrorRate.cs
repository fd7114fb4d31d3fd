namespace Diarizer.Streaming.Scoring;

/// <summary>
/// Jaccard error rate (Ryant et al., "The Second DIHARD Diarization Challenge", 2019) as dscore counts it: sampled every 10 ms, reference
/// and hypothesis speakers paired at the least total error, the mean over reference speakers.
/// </summary>
public static class JaccardErrorRate
{
    private const double Step = 0.010;

    /// <summary>The error of each reference speaker, as a fraction from 0 to 1, by recording. Parameters as in <see cref="DiarizationErrorRate"/>.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<double>> Score(
        IEnumerable<SpeakerSegment> reference, IEnumerable<SpeakerSegment> hypothesis, IReadOnlyDictionary<string, IReadOnlyList<Interval>>? uem = null) =>
        ScoredRecording.Prepare(reference, hypothesis, uem).ToDictionary(r => r.Name, Score);

    /// <summary>Mean over all reference speakers of all recordings; 0 when there are none.</summary>
    public static double Pool(IEnumerable<IReadOnlyList<double>> recordings) => recordings.SelectMany(r => r).DefaultIfEmpty(0).Average();

    private static IReadOnlyList<double> Score(ScoredRecording recording)
    {
        var frames = (int)(recording.Regions.Max(r => r.End) / Step);
        var scored = Sample([.. recording.Regions], frames);
        var reference = recording.Reference.Intervals.Select(i => Sample(i, frames)).ToList();
        var hypothesis = recording.Hypothesis.Intervals.Select(i => Sample(i, frames)).ToList();
        var errors = new double[reference.Count, hypothesis.Count];
        for (var r = 0; r < reference.Count; r++)
        {
            for (var h = 0; h < hypothesis.Count; h++)
                errors[r, h] = Error(reference[r], hypothesis[h], scored);
        }

        var mapping = LinearAssignment.Minimize(errors);
        return [.. mapping.Select((h, r) => h < 0 ? 1 : errors[r, h])];
    }

    private static double Error(bool[] reference, bool[] hypothesis, bool[] scored)
    {
        int both = 0, either = 0;
        for (var i = 0; i < scored.Length; i++)
        {
            if (!scored[i])
                continue;
            both += reference[i] && hypothesis[i] ? 1 : 0;
            either += reference[i] || hypothesis[i] ? 1 : 0;
        }

        return either == 0 ? 1 : 1 - (both / (double)either);
    }

    private static bool[] Sample(IReadOnlyList<Interval> intervals, int frames)
    {
        var samples = new bool[frames];
        foreach (var interval in intervals)
        {
            var first = Math.Min(FirstFrom(interval.Start), frames);
            Array.Fill(samples, true, first, Math.Clamp(FirstFrom(interval.End) - first, 0, frames - first));
        }

        return samples;
    }

    // The first frame whose time, Step * i in floating point, is not before the given one.
    private static int FirstFrom(double time)
    {
        var frame = (int)Math.Ceiling(time / Step);
        while (frame > 0 && Step * (frame - 1) >= time)
            frame--;
        while (Step * frame < time)
            frame++;
        return frame;
    }
}
