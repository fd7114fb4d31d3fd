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
        return ScoredRecording.Prepare(reference, hypothesis, uem).ToDictionary(
            r => r.Name, r => Stretches(r, Map(r), options).Aggregate(default(DiarizationErrors), (sum, stretch) => sum + stretch.Errors));
    }

    /// <summary>Scores as <see cref="Score"/> does, and keeps who was taken for whom and what is wrong where.</summary>
    /// <returns>One for each recording that has reference speech, in order of name.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The collar is negative.</exception>
    public static IReadOnlyList<RecordingErrors> Explain(
        IEnumerable<SpeakerSegment> reference,
        IEnumerable<SpeakerSegment> hypothesis,
        IReadOnlyDictionary<string, IReadOnlyList<Interval>>? uem = null,
        ScoringOptions options = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(options.Collar);
        return [.. ScoredRecording.Prepare(reference, hypothesis, uem).Select(recording =>
        {
            var mapping = Map(recording);
            return new RecordingErrors(
                recording.Name, recording.Regions, recording.Reference.ToSpeakers(), recording.Hypothesis.ToSpeakers(), mapping, Stretches(recording, mapping, options));
        })];
    }

    /// <summary>Sum over recordings.</summary>
    public static DiarizationErrors Pool(IEnumerable<DiarizationErrors> errors) => errors.Aggregate(default(DiarizationErrors), (a, b) => a + b);

    private static List<ScoredStretch> Stretches(ScoredRecording recording, int[] mapping, ScoringOptions options)
    {
        var references = recording.Reference.Speakers.Count;
        var hypotheses = recording.Hypothesis.Speakers.Count;
        var result = new List<ScoredStretch>();
        TimeSweep.Run(Tracks(recording, options.Collar), (time, active) =>
        {
            var isEvaluated = active[^2] > 0;
            var isCollar = active[^1] > 0;
            if (!isEvaluated || isCollar)
                return;
            List<int> speaking = [.. Enumerable.Range(0, references).Where(r => active[r] > 0)];
            if (options.SkipOverlap && speaking.Count > 1)
                return;
            List<int> heard = [.. Enumerable.Range(0, hypotheses).Where(h => active[references + h] > 0)];
            result.Add(new ScoredStretch(time, speaking, heard, speaking.Count(r => mapping[r] >= 0 && active[references + mapping[r]] > 0)));
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
        TimeSweep.Run([.. recording.Reference.Intervals, .. recording.Hypothesis.Intervals], (time, active) =>
        {
            for (var r = 0; r < references; r++)
            {
                for (var h = 0; h < hypotheses && active[r] > 0; h++)
                {
                    if (active[references + h] > 0)
                        common[r, h] += time.Length;
                }
            }
        });
        return LinearAssignment.Maximize(common);
    }
}
