using System.Globalization;

namespace Diarizer.Streaming.Transcripts.Subtitles;

/// <summary>
/// Finds the cues of a SubRip file: a number, a line of times, lines of text, a blank line. There is no standard; blank lines inside a text, missing numbers
/// and points for commas are common, and read.
/// </summary>
internal static class SubRipReader
{
    /// <exception cref="UserErrorException">Times are malformed or missing, or there is text before the first cue.</exception>
    public static SubtitleTranscript Read(TranscriptText text)
    {
        var lines = TextLine.Split(text.Text);
        var timings = Enumerable.Range(0, lines.Count).Where(i => lines[i].In(text.Text).Contains(TimingLine.Arrow, StringComparison.Ordinal)).ToList();
        var cues = new List<SubtitleCue>();
        CheckNothing(text, lines, 0, timings.Count == 0 ? lines.Count : FirstLineOf(text, lines, timings[0], 0));
        for (var k = 0; k < timings.Count; k++)
        {
            var timing = timings[k];
            var first = FirstLineOf(text, lines, timing, k == 0 ? 0 : timings[k - 1] + 1);
            var end = k + 1 < timings.Count ? FirstLineOf(text, lines, timings[k + 1], timing + 1) : lines.Count;
            TextLine? id = first < timing ? lines[first] : null;
            CheckText(text, lines, timing + 1, end, id is { } number ? NumberIn(text, number) : null);
            cues.Add(SubtitleCue.Of(text, lines, id, TimingLine.Parse(text, lines[timing]), timing + 1, end));
        }

        return new SubtitleTranscript(TranscriptFormat.Srt, text, cues);
    }

    // The number before the times, if there is one.
    private static int FirstLineOf(TranscriptText text, List<TextLine> lines, int timing, int earliest) =>
        timing > earliest && NumberIn(text, lines[timing - 1]) is not null ? timing - 1 : timing;

    private static void CheckNothing(TranscriptText text, List<TextLine> lines, int first, int end)
    {
        for (var i = first; i < end; i++)
        {
            if (!lines[i].In(text.Text).IsWhiteSpace())
                throw text.Error(lines[i].Number, "a cue should begin here, with a number and a line of times such as 00:00:01,000 --> 00:00:02,500; correct or remove the line.");
        }
    }

    // A block whose times are damaged would otherwise pass for more text of the cue before it.
    private static void CheckText(TranscriptText text, List<TextLine> lines, int first, int end, int? number)
    {
        var next = end < lines.Count ? NumberIn(text, lines[end]) : null;
        for (var i = first + 1; i < end; i++)
        {
            if (!lines[i - 1].In(text.Text).IsWhiteSpace())
                continue;
            TimingLine.CheckIsNone(text, lines[i]);
            if (i + 1 < end)
                TimingLine.CheckIsNone(text, lines[i + 1]);
            if (number is not null && next != number + 1 && NumberIn(text, lines[i]) == number + 1)
                throw text.Error(lines[i].Number, $"cue {number + 1} has no times; add a line such as 00:00:01,000 --> 00:00:02,500 after its number.");
        }
    }

    private static int? NumberIn(TranscriptText text, TextLine line) =>
        int.TryParse(line.In(text.Text).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
