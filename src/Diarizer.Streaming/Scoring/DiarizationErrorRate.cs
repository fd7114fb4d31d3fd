namespace Diarizer.Streaming.Scoring;

/// <summary>
/// Diarization error rate as counted by NIST md-eval 22 (Rich Transcription 2009 evaluation plan) behind dscore: one-to-one mapping of
/// speakers that maximises common time over the whole evaluated region (collars not taken out), then missed, false alarm and
/// confused speaker time over the scored part of it.
/// </summary>
public static class DiarizationErrorRate
{
    /// <summary>Scores each recording that has reference speech.</summary>
    /// <param name="reference">True segments.</param>
    /// <param name="hypothesis">Segments to judge; recordings without reference are not scored.</param>
    /// <param name="uem">Regions to evaluate (recordings it does not name are not scored); null takes, for each recording, the extent of both inputs.</param>
    /// <param name="options">Collar and overlap.</param>
    /// <returns>Errors of each recording; their sum is the pooled result.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The collar is negative.</exception>
    public static IReadOnlyDictionary<string, DiarizationErrors> Score(
        IEnumerable<SpeakerSegment> reference,
        IEnumerable<SpeakerSegment> hypothesis,
        IReadOnlyDictionary<string, IReadOnlyList<Interval>>? uem = null,
        ScoringOptions options = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(options.Collar);
        return ScoredRecording.Prepare(reference, hypothesis, uem).ToDictionary(r => r.Name, r => Score(r, options));
    }

    /// <summary>Sum over recordings.</summary>
    public static DiarizationErrors Pool(IEnumerable<DiarizationErrors> errors) => errors.Aggregate(default(DiarizationErrors), (a, b) => a + b);

    private static DiarizationErrors Score(ScoredRecording recording, ScoringOptions options)
    {
        var mapping = Map(recording);
        var references = recording.Reference.Speakers.Count;
        var result = default(DiarizationErrors);
        TimeSweep.Run(Tracks(recording, options.Collar), (duration, active) =>
        {
            var isEvaluated = active[^2] > 0;
            var isCollar = active[^1] > 0;
            var referenceSpeakers = active.Take(references).Count(n => n > 0);
            var hypothesisSpeakers = active.Skip(references).Take(recording.Hypothesis.Speakers.Count).Count(n => n > 0);
            if (!isEvaluated || isCollar || (options.SkipOverlap && referenceSpeakers > 1))
                return;
            var correct = Enumerable.Range(0, references).Count(r => active[r] > 0 && mapping[r] >= 0 && active[references + mapping[r]] > 0);
            result += new DiarizationErrors(
                duration * referenceSpeakers,
                duration * Math.Max(0, referenceSpeakers - hypothesisSpeakers),
                duration * Math.Max(0, hypothesisSpeakers - referenceSpeakers),
                duration * (Math.Min(referenceSpeakers, hypothesisSpeakers) - correct));
        });
        return result;
    }

    // Reference speakers, hypothesis speakers, evaluated regions, collars.
    private static List<IReadOnlyList<Interval>> Tracks(ScoredRecording recording, double collar)
    {
        var collars = collar == 0 ? [] : recording.Reference.Intervals
            .SelectMany(i => i)
            .SelectMany(i => new[] { i.Start, i.End })
            .Select(t => new Interval(t - collar, t + collar))
            .ToList();
        return [.. recording.Reference.Intervals, .. recording.Hypothesis.Intervals, recording.Regions, collars];
    }

    private static int[] Map(ScoredRecording recording)
    {
        var references = recording.Reference.Speakers.Count;
        var hypotheses = recording.Hypothesis.Speakers.Count;
        var common = new double[references, hypotheses];
        TimeSweep.Run([.. recording.Reference.Intervals, .. recording.Hypothesis.Intervals], (duration, active) =>
        {
            for (var r = 0; r < references; r++)
            {
                for (var h = 0; h < hypotheses && active[r] > 0; h++)
                {
                    if (active[references + h] > 0)
                        common[r, h] += duration;
                }
            }
        });
        return LinearAssignment.Maximize(common);
    }
}
