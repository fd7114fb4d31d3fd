using Diarizer.Streaming.Scoring;

namespace Diarizer.Service.Reports;

/// <summary>
/// The lanes of a recording: each reference speaker with the hypothesis speaker who is taken for the same beneath, hypothesis speakers who are nobody, and the
/// errors by kind. What agrees is grey; of two speakers of whom one is wrong, either could be called so, and the one later in order is.
/// </summary>
internal static class Lanes
{
    private const string Agreed = "agreed";
    private const string Unscored = "unscored";

    public static IReadOnlyList<Lane> Of(RecordingErrors recording)
    {
        var references = recording.ReferenceSpeakers.Select(s => Parts(s)).ToList();
        var hypotheses = recording.HypothesisSpeakers.Select(s => Parts(s)).ToList();
        var errors = Enum.GetValues<ErrorKind>().ToDictionary(kind => kind, kind => new LanePart(kind.Style()));
        foreach (var stretch in recording.Stretches)
        {
            Paint(references, stretch, stretch.Reference, r => recording.Mapping[r] is >= 0 and var h && stretch.Hypothesis.Contains(h));
            Paint(hypotheses, stretch, stretch.Hypothesis, h => recording.ReferenceOf(h) is { } r && stretch.Reference.Contains(r));
            foreach (var (kind, part) in errors.Where(e => stretch.Count(e.Key) > 0))
                part.Add(stretch.Time);
        }

        return [.. Speakers(recording, references, hypotheses), .. errors
            .Where(e => e.Value.IsSeenIn(recording.Extent))
            .Select(e => new Lane(LaneRole.Errors, e.Key.Title(), "", [e.Value]))];
    }

    private static IEnumerable<Lane> Speakers(RecordingErrors recording, List<LanePart[]> references, List<LanePart[]> hypotheses)
    {
        foreach (var r in Enumerable.Range(0, references.Count).OrderByDescending(r => recording.ReferenceSpeakers[r].Speech))
        {
            yield return new Lane(LaneRole.Reference, recording.ReferenceSpeakers[r].Name, "", references[r]);
            if (recording.Mapping[r] is >= 0 and var h)
                yield return new Lane(LaneRole.Hypothesis, recording.HypothesisSpeakers[h].Name, "", hypotheses[h]);
        }

        foreach (var h in Enumerable.Range(0, hypotheses.Count).Where(h => recording.ReferenceOf(h) is null).OrderByDescending(h => recording.HypothesisSpeakers[h].Speech))
            yield return new Lane(LaneRole.Hypothesis, recording.HypothesisSpeakers[h].Name, "nobody", hypotheses[h]);
    }

    // All of a speaker's speech lies beneath, in the colour of what was not scored; the scored parts cover it.
    private static LanePart[] Parts(ScoredSpeaker speaker)
    {
        LanePart[] parts = [new(Unscored), new(Agreed), .. Enum.GetValues<ErrorKind>().Select(kind => new LanePart(kind.Style()))];
        foreach (var interval in speaker.Intervals)
            parts[0].Add(interval);
        return parts;
    }

    private static void Paint(List<LanePart[]> lanes, ScoredStretch stretch, IReadOnlyList<int> active, Func<int, bool> agrees)
    {
        var isReference = ReferenceEquals(active, stretch.Reference);
        List<ErrorKind> wrong =
        [
            .. Enumerable.Repeat(ErrorKind.Confusion, stretch.Confused),
            .. isReference
                ? [.. Enumerable.Repeat(ErrorKind.Missed, stretch.Count(ErrorKind.Missed)), .. Enumerable.Repeat(ErrorKind.MissedOverlap, stretch.MissedOverlap)]
                : Enumerable.Repeat(ErrorKind.FalseAlarm, stretch.FalseAlarms),
        ];
        var next = 0;
        foreach (var speaker in active)
            lanes[speaker][agrees(speaker) ? 1 : 2 + (int)wrong[next++]].Add(stretch.Time);
    }
}
