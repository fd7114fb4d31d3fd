namespace Diarizer.Streaming.Transcripts.Subtitles;

/// <summary>Finds the cues of a WebVTT file (W3C, section 6.1). All other blocks (header, NOTE, STYLE, REGION) are left alone.</summary>
internal static class WebVttReader
{
    /// <exception cref="UserErrorException">The header is missing, or times are malformed.</exception>
    public static SubtitleTranscript Read(TranscriptText text)
    {
        var lines = TextLine.Split(text.Text);
        if (lines is not [var header, ..] || !IsHeader(header.In(text.Text)))
            throw text.Error(1, "a WebVTT file begins with WEBVTT; add that line with a blank line after it.");
        var cues = new List<SubtitleCue>();
        for (var i = SkipBlock(text, lines, 1); i < lines.Count;)
        {
            if (lines[i].In(text.Text).IsWhiteSpace())
                i++;
            else if (IsOtherBlock(lines[i].In(text.Text)))
                i = SkipBlock(text, lines, i + 1, stopsAtArrow: false);
            else if (HasArrow(text, lines[i]))
                i = ReadCue(text, lines, null, i, cues);
            else if (i + 1 < lines.Count && HasArrow(text, lines[i + 1]))
                i = ReadCue(text, lines, lines[i], i + 1, cues);
            else
                i = SkipUnknown(text, lines, i);
        }

        return new SubtitleTranscript(TranscriptFormat.Vtt, text, cues);
    }

    private static int ReadCue(TranscriptText text, List<TextLine> lines, TextLine? id, int timing, List<SubtitleCue> cues)
    {
        var end = SkipBlock(text, lines, timing + 1);
        cues.Add(SubtitleCue.Of(text, lines, id, TimingLine.Parse(text, lines[timing]), timing + 1, end));
        return end;
    }

    // The standard has players pass over what they do not know; so do we, unless it was clearly meant to be a cue.
    private static int SkipUnknown(TranscriptText text, List<TextLine> lines, int first)
    {
        var end = SkipBlock(text, lines, first + 1);
        for (var i = first; i < Math.Min(end, first + 2); i++)
            TimingLine.CheckIsNone(text, lines[i]);
        return end;
    }

    private static int SkipBlock(TranscriptText text, List<TextLine> lines, int i, bool stopsAtArrow = true)
    {
        while (i < lines.Count && lines[i].In(text.Text).Length > 0 && !(stopsAtArrow && HasArrow(text, lines[i])))
            i++;
        return i;
    }

    private static bool IsHeader(ReadOnlySpan<char> line) => line.StartsWith("WEBVTT") && (line.Length == 6 || line[6] is ' ' or '\t');

    private static bool IsOtherBlock(ReadOnlySpan<char> line) => line.TrimEnd() is "NOTE" or "STYLE" or "REGION" || line.StartsWith("NOTE ") || line.StartsWith("NOTE\t");

    private static bool HasArrow(TranscriptText text, TextLine line) => line.In(text.Text).Contains(TimingLine.Arrow, StringComparison.Ordinal);
}
