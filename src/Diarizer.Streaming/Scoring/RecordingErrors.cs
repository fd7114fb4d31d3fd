namespace Diarizer.Streaming.Scoring;

/// <summary>How one recording was scored, moment by moment.</summary>
/// <param name="Name">The recording.</param>
/// <param name="Regions">What was evaluated, in order.</param>
/// <param name="ReferenceSpeakers">Who speaks in truth, and when.</param>
/// <param name="HypothesisSpeakers">Who is said to speak, and when.</param>
/// <param name="Mapping">For each reference speaker the place of the hypothesis speaker who is taken for the same; -1 for none.</param>
/// <param name="Stretches">The scored time in order, silence included; collars and what else is not scored left out.</param>
public sealed record RecordingErrors(
    string Name,
    IReadOnlyList<Interval> Regions,
    IReadOnlyList<ScoredSpeaker> ReferenceSpeakers,
    IReadOnlyList<ScoredSpeaker> HypothesisSpeakers,
    IReadOnlyList<int> Mapping,
    IReadOnlyList<ScoredStretch> Stretches)
{
    /// <summary>Sum over the stretches.</summary>
    public DiarizationErrors Total { get; } = DiarizationErrorRate.Pool(Stretches.Select(s => s.Errors));

    /// <summary>The extent of what was evaluated.</summary>
    public Interval Extent => new(Regions[0].Start, Regions.Max(r => r.End));

    /// <summary>Seconds of speaker time that are wrong in one way.</summary>
    public double Seconds(ErrorKind kind) => Stretches.Sum(s => s.Count(kind) * s.Time.Length);

    /// <summary>
    /// Seconds of scored time in which a reference speaker (row) and a hypothesis speaker (column) both speak. A last column counts the reference speaker's
    /// time in which the hypothesis has nobody, a last row the hypothesis speaker's in which the reference has nobody. Where several speak at once a stretch counts in several cells.
    /// </summary>
    public double[,] CommonTime()
    {
        var common = new double[ReferenceSpeakers.Count + 1, HypothesisSpeakers.Count + 1];
        foreach (var stretch in Stretches)
        {
            IReadOnlyList<int> rows = stretch.Reference.Count > 0 ? stretch.Reference : [ReferenceSpeakers.Count];
            IReadOnlyList<int> columns = stretch.Hypothesis.Count > 0 ? stretch.Hypothesis : [HypothesisSpeakers.Count];
            foreach (var row in rows)
            {
                foreach (var column in columns)
                    common[row, column] += stretch.Time.Length;
            }
        }

        return common;
    }
}

/// <summary>A speaker of a scored recording.</summary>
/// <param name="Name">As in the RTTM.</param>
/// <param name="Intervals">When they speak inside the evaluated regions: disjoint, in order.</param>
public sealed record ScoredSpeaker(string Name, IReadOnlyList<Interval> Intervals)
{
    /// <summary>Seconds of speech inside the evaluated regions.</summary>
    public double Speech { get; } = Intervals.Sum(i => i.Length);
}
