using System.Globalization;

namespace Diarizer.Streaming.Transcripts;

/// <summary>Tells the format of a transcript, from its content first and its name second: a wrong ending is more common than a wrong header.</summary>
internal static class FormatDetection
{
    private const int LinesLookedAt = 200;
    private const int LongestLine = 1000;

    private static readonly char[] Blanks = [' ', '\t'];

    /// <exception cref="UserErrorException">Neither content nor name tells.</exception>
    public static TranscriptFormat Detect(string text, string source) => (ByContent(text), ByName(source)) switch
    {
        // WebVTT whose header is missing is told so, rather than taken for SubRip with odd times.
        (TranscriptFormat.Srt, TranscriptFormat.Vtt) => TranscriptFormat.Vtt,
        ({ } byContent, _) => byContent,
        (_, { } byName) => byName,
        _ => throw new UserErrorException($"{source} looks like none of SRT, WebVTT, Whisper's JSON and CTM; check the file, or name its format: {TranscriptFormats.Names}."),
    };

    private static TranscriptFormat? ByContent(string text)
    {
        if (text.StartsWith("WEBVTT", StringComparison.Ordinal))
            return TranscriptFormat.Vtt;
        var trimmed = text.AsSpan().TrimStart();
        if (trimmed.StartsWith('{') || trimmed.StartsWith('['))
            return TranscriptFormat.Json;
        var isCtm = false;
        var seen = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (line.Contains("-->", StringComparison.Ordinal))
                return TranscriptFormat.Srt;
            isCtm |= IsCtm(line);
            if (++seen == LinesLookedAt)
                break;
        }

        return isCtm ? TranscriptFormat.Ctm : null;
    }

    private static bool IsCtm(ReadOnlySpan<char> line)
    {
        var fields = line.Length < LongestLine ? line.ToString().Split(Blanks, StringSplitOptions.RemoveEmptyEntries) : [];
        return fields is [_, _, var start, var duration, _, ..] && IsNumber(start) && IsNumber(duration);
    }

    private static bool IsNumber(string field) => double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    private static TranscriptFormat? ByName(string source) => TranscriptFormats.Find(Path.GetExtension(source).TrimStart('.'));
}
