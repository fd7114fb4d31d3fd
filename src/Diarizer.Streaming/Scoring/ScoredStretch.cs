namespace Diarizer.Streaming.Scoring;

/// <summary>A stretch of scored time in which nobody begins or stops, and what is right and wrong in it.</summary>
/// <param name="Time">When it is.</param>
/// <param name="Reference">Who speaks in truth, as places in <see cref="RecordingErrors.ReferenceSpeakers"/>, in order.</param>
/// <param name="Hypothesis">Who is said to speak, as places in <see cref="RecordingErrors.HypothesisSpeakers"/>, in order.</param>
/// <param name="Correct">How many of the reference speakers are said to speak.</param>
public sealed record ScoredStretch(Interval Time, IReadOnlyList<int> Reference, IReadOnlyList<int> Hypothesis, int Correct)
{
    /// <summary>Reference speakers beyond the number in the hypothesis.</summary>
    public int Missed => Math.Max(0, Reference.Count - Hypothesis.Count);

    /// <summary>Hypothesis speakers beyond the number in the reference.</summary>
    public int FalseAlarms => Math.Max(0, Hypothesis.Count - Reference.Count);

    /// <summary>Speakers present in both, but the wrong ones.</summary>
    public int Confused => Math.Min(Reference.Count, Hypothesis.Count) - Correct;

    /// <summary>The part of <see cref="Missed"/> that is a second voice and more: one speaker is found for the stretch, or would be enough.</summary>
    public int MissedOverlap => Hypothesis.Count == 0 ? Math.Max(0, Missed - 1) : Missed;

    /// <summary>The same in seconds of speaker time.</summary>
    public DiarizationErrors Errors => new(Time.Length * Reference.Count, Time.Length * Missed, Time.Length * FalseAlarms, Time.Length * Confused);

    /// <summary>How many speakers are wrong in one way.</summary>
    public int Count(ErrorKind kind) => kind switch
    {
        ErrorKind.Missed => Missed - MissedOverlap,
        ErrorKind.MissedOverlap => MissedOverlap,
        ErrorKind.FalseAlarm => FalseAlarms,
        _ => Confused,
    };
}
