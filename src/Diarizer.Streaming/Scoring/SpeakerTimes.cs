namespace Diarizer.Streaming.Scoring;

/// <summary>When each speaker of a recording speaks: disjoint intervals in order of time.</summary>
internal sealed record SpeakerTimes(IReadOnlyList<string> Speakers, IReadOnlyList<IReadOnlyList<Interval>> Intervals)
{
    public static SpeakerTimes From(IEnumerable<SpeakerSegment> segments, IReadOnlyList<Interval> regions)
    {
        var speakers = new List<string>();
        var intervals = new List<IReadOnlyList<Interval>>();
        foreach (var group in segments.GroupBy(s => s.Speaker).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            var own = Merge(Cut(group, regions));
            if (own.Count == 0)
                continue;
            speakers.Add(group.Key);
            intervals.Add(own);
        }

        return new SpeakerTimes(speakers, intervals);
    }

    public IReadOnlyList<ScoredSpeaker> ToSpeakers() => [.. Speakers.Zip(Intervals, (name, intervals) => new ScoredSpeaker(name, intervals))];

    private static IEnumerable<Interval> Cut(IEnumerable<SpeakerSegment> segments, IReadOnlyList<Interval> regions) =>
        from segment in segments
        from region in regions
        let cut = new Interval(Math.Max(segment.Start, region.Start), Math.Min(segment.End, region.End))
        where cut.End > cut.Start
        select cut;

    // Segments that only touch stay apart: with a collar, their common boundary counts.
    private static List<Interval> Merge(IEnumerable<Interval> intervals)
    {
        var merged = new List<Interval>();
        foreach (var interval in intervals.OrderBy(i => i.Start).ThenBy(i => i.End))
        {
            if (merged.Count > 0 && interval.Start < merged[^1].End)
                merged[^1] = new Interval(merged[^1].Start, Math.Max(merged[^1].End, interval.End));
            else
                merged.Add(interval);
        }

        return merged;
    }
}
