namespace Diarizer.Streaming.Scoring;

/// <summary>A place where a recording is wrong in one way, about the same speakers.</summary>
/// <param name="Kind">In which way.</param>
/// <param name="Time">From the first to the last error in it; may hold short stretches that are right.</param>
/// <param name="Seconds">Speaker time that is wrong.</param>
/// <param name="Reference">Who speaks in truth during the longest part of it, as places in <see cref="RecordingErrors.ReferenceSpeakers"/>.</param>
/// <param name="Hypothesis">Who is said to speak in that part.</param>
public sealed record ErrorMoment(ErrorKind Kind, Interval Time, double Seconds, IReadOnlyList<int> Reference, IReadOnlyList<int> Hypothesis)
{
    /// <summary>Seconds between two errors of the same kind up to which they are one moment.</summary>
    public const double LongestPause = 0.25;

    /// <summary>All moments of a recording, those with the most wrong speaker time first.</summary>
    public static IReadOnlyList<ErrorMoment> Of(RecordingErrors recording)
    {
        ArgumentNullException.ThrowIfNull(recording);
        return [.. Enum.GetValues<ErrorKind>().SelectMany(kind => Of(recording, kind)).OrderByDescending(m => m.Seconds).ThenBy(m => m.Time.Start)];
    }

    private static IEnumerable<ErrorMoment> Of(RecordingErrors recording, ErrorKind kind)
    {
        var parts = new List<ScoredStretch>();
        foreach (var stretch in recording.Stretches.Where(s => s.Count(kind) > 0))
        {
            if (parts.Count > 0 && stretch.Time.Start - parts[^1].Time.End > LongestPause)
            {
                yield return Join(kind, parts);
                parts.Clear();
            }

            parts.Add(stretch);
        }

        if (parts.Count > 0)
            yield return Join(kind, parts);
    }

    private static ErrorMoment Join(ErrorKind kind, List<ScoredStretch> parts)
    {
        var longest = parts
            .GroupBy(p => (Reference: string.Join(',', p.Reference), Hypothesis: string.Join(',', p.Hypothesis)))
            .MaxBy(g => g.Sum(p => p.Time.Length))!.First();
        return new ErrorMoment(
            kind, new Interval(parts[0].Time.Start, parts[^1].Time.End), parts.Sum(p => p.Count(kind) * p.Time.Length), longest.Reference, longest.Hypothesis);
    }
}
