namespace Diarizer.Streaming.Scoring;

/// <summary>
/// One recording ready for scoring: reference and hypothesis cut to the scored regions, overlapping segments of one speaker merged, as
/// dscore does before it calls md-eval.
/// </summary>
internal sealed record ScoredRecording(string Name, IReadOnlyList<Interval> Regions, SpeakerTimes Reference, SpeakerTimes Hypothesis)
{
    /// <summary>The recordings that have reference speech inside the scored regions, by name.</summary>
    /// <param name="reference">Reference segments.</param>
    /// <param name="hypothesis">Hypothesis segments; recordings without reference are passed over, as md-eval does.</param>
    /// <param name="uem">Scored regions; null takes, for each recording, the extent of reference and hypothesis together.</param>
    public static IReadOnlyList<ScoredRecording> Prepare(
        IEnumerable<SpeakerSegment> reference, IEnumerable<SpeakerSegment> hypothesis, IReadOnlyDictionary<string, IReadOnlyList<Interval>>? uem)
    {
        var hypotheses = hypothesis.ToLookup(s => s.Recording);
        var result = new List<ScoredRecording>();
        foreach (var group in reference.GroupBy(s => s.Recording).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            var both = group.Concat(hypotheses[group.Key]).ToList();
            IReadOnlyList<Interval>? regions = [new Interval(both.Min(s => s.Start), both.Max(s => s.End))];
            if (uem is not null && !uem.TryGetValue(group.Key, out regions))
                continue;
            var times = SpeakerTimes.From(group, regions);
            if (times.Speakers.Count > 0)
                result.Add(new ScoredRecording(group.Key, regions, times, SpeakerTimes.From(hypotheses[group.Key], regions)));
        }

        return result;
    }
}
