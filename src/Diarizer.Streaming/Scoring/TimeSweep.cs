namespace Diarizer.Streaming.Scoring;

/// <summary>Walks time from boundary to boundary, counting who is active between.</summary>
internal static class TimeSweep
{
    /// <summary>Calls <paramref name="visit"/> with each stretch in which nothing begins or ends, and how many of each track's intervals are active there.</summary>
    public static void Run(IReadOnlyList<IReadOnlyList<Interval>> tracks, Action<Interval, int[]> visit)
    {
        var events = new List<(double Time, int Track, int Change)>();
        for (var track = 0; track < tracks.Count; track++)
        {
            foreach (var interval in tracks[track])
            {
                events.Add((interval.Start, track, 1));
                events.Add((interval.End, track, -1));
            }
        }

        events.Sort((a, b) => a.Time.CompareTo(b.Time));
        var active = new int[tracks.Count];
        for (var i = 0; i < events.Count; i++)
        {
            if (i > 0 && events[i].Time > events[i - 1].Time)
                visit(new Interval(events[i - 1].Time, events[i].Time), active);
            active[events[i].Track] += events[i].Change;
        }
    }
}
