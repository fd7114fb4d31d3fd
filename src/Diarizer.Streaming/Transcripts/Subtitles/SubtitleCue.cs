namespace Diarizer.Streaming.Transcripts.Subtitles;

/// <summary>A cue as it stands in the file.</summary>
/// <param name="Id">The line before the times: a number in SubRip, anything in WebVTT. Null if there is none.</param>
/// <param name="Timing">The line with the times.</param>
/// <param name="TextStart">Where its text begins.</param>
/// <param name="TextEnd">Where it ends, before its last line end.</param>
internal sealed record SubtitleCue(TextLine? Id, TimingLine Timing, int TextStart, int TextEnd)
{
    /// <summary>A cue whose text is the lines from <paramref name="first"/> up to <paramref name="end"/>, less blank lines around it.</summary>
    public static SubtitleCue Of(TranscriptText text, List<TextLine> lines, TextLine? id, TimingLine timing, int first, int end)
    {
        while (first < end && lines[first].In(text.Text).IsWhiteSpace())
            first++;
        while (end > first && lines[end - 1].In(text.Text).IsWhiteSpace())
            end--;
        return first < end ? new SubtitleCue(id, timing, lines[first].Start, lines[end - 1].End) : new SubtitleCue(id, timing, timing.Line.Next, timing.Line.Next);
    }
}
