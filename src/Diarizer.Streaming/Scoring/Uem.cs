namespace Diarizer.Streaming.Scoring;

/// <summary>NIST un-partitioned evaluation maps: <c>recording channel start end</c>, the regions that are scored.</summary>
public static class Uem
{
    /// <summary>Reads the regions of each recording, in order of time.</summary>
    /// <param name="reader">The text.</param>
    /// <param name="source">Its name in error messages.</param>
    /// <exception cref="UserErrorException">A line is malformed, empty of time, or overlaps another.</exception>
    public static IReadOnlyDictionary<string, IReadOnlyList<Interval>> Read(TextReader reader, string source)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var regions = new Dictionary<string, List<Interval>>();
        foreach (var (line, fields) in TextLines.Read(reader))
        {
            if (fields.Length < 4)
                throw new UserErrorException($"{source}, line {line}: a UEM line needs 4 fields (recording channel start end), this has {fields.Length}; correct the line.");
            var start = TextLines.Seconds(fields[2], "the start", source, line);
            var end = TextLines.Seconds(fields[3], "the end", source, line);
            if (end <= start)
                throw new UserErrorException($"{source}, line {line}: the region ends ({ForeignText.Clip(fields[3])}) where it starts ({ForeignText.Clip(fields[2])}) or before; correct the line.");
            if (!regions.TryGetValue(fields[0], out var list))
                regions[fields[0]] = list = [];
            if (list.Any(r => r.Start < end && start < r.End))
                throw new UserErrorException($"{source}, line {line}: the region overlaps another of '{ForeignText.Clip(fields[0])}'; join the two lines.");
            list.Add(new Interval(start, end));
        }

        return regions.ToDictionary(r => r.Key, r => (IReadOnlyList<Interval>)[.. r.Value.OrderBy(i => i.Start)]);
    }
}
