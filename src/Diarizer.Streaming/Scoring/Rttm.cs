using System.Globalization;

namespace Diarizer.Streaming.Scoring;

/// <summary>NIST Rich Transcription Time Marked files: <c>SPEAKER recording 1 start duration &lt;NA&gt; &lt;NA&gt; speaker &lt;NA&gt; &lt;NA&gt;</c>.</summary>
public static class Rttm
{
    /// <summary>Reads the <c>SPEAKER</c> lines; other types, comments and segments of no length are passed over.</summary>
    /// <param name="reader">The text.</param>
    /// <param name="source">Its name in error messages.</param>
    /// <exception cref="UserErrorException">A line is malformed.</exception>
    public static IReadOnlyList<SpeakerSegment> Read(TextReader reader, string source)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var segments = new List<SpeakerSegment>();
        foreach (var (line, fields) in TextLines.Read(reader))
        {
            if (!IsType(fields[0]))
                throw new UserErrorException($"{source}, line {line}: '{ForeignText.Clip(fields[0])}' is no RTTM record type; give a file of SPEAKER lines.");
            if (fields[0] != "SPEAKER")
                continue;
            if (fields.Length < 8)
                throw new UserErrorException($"{source}, line {line}: a SPEAKER line needs 8 fields or more, this has {fields.Length}; correct the line.");
            var start = TextLines.Seconds(fields[3], "the start", source, line);
            var duration = TextLines.Seconds(fields[4], "the duration", source, line);
            if (duration > 0)
                segments.Add(new SpeakerSegment(fields[1], fields[7], start, start + duration));
        }

        return segments;
    }

    /// <summary>Writes one <c>SPEAKER</c> line a segment, times rounded to milliseconds.</summary>
    public static void Write(TextWriter writer, IEnumerable<SpeakerSegment> segments)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(segments);
        foreach (var segment in segments)
        {
            // Start and end are rounded, not start and duration, so that segments that touch still do.
            var start = Math.Round(segment.Start, 3);
            var duration = Math.Round(segment.End, 3) - start;
            writer.Write(string.Create(
                CultureInfo.InvariantCulture, $"SPEAKER {Name(segment.Recording)} 1 {start:F3} {duration:F3} <NA> <NA> {Name(segment.Speaker)} <NA> <NA>\n"));
        }
    }

    // A blank would split the field.
    private static string Name(string name) => string.Join('_', name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    // "SPEAKER", "SPKR-INFO", "NON-LEX", "A/P" ...
    private static bool IsType(string field) => field.All(c => c is (>= 'A' and <= 'Z') or '-' or '/' or '_');
}
