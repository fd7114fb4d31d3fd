using System.Text.RegularExpressions;

namespace Diarizer.Streaming.Transcripts.Subtitles;

/// <summary>The line of a cue that says when it is shown.</summary>
/// <param name="Line">Where it is.</param>
/// <param name="Start">Start as written.</param>
/// <param name="End">End as written.</param>
/// <param name="EndAt">Position of the end's first character in the text.</param>
/// <param name="StartTime">Seconds.</param>
/// <param name="EndTime">Seconds.</param>
/// <param name="Settings">What follows the times, with its blanks.</param>
internal sealed partial record TimingLine(TextLine Line, string Start, string End, int EndAt, double StartTime, double EndTime, string Settings)
{
    /// <summary>The arrow between start and end, which is found nowhere else in a cue.</summary>
    public const string Arrow = "-->";

    /// <summary>Reads a line that holds an <see cref="Arrow"/>.</summary>
    /// <exception cref="UserErrorException">Its times are malformed.</exception>
    public static TimingLine Parse(TranscriptText text, TextLine line)
    {
        var match = Pattern().Match(line.In(text.Text).ToString());
        var (start, end) = (match.Groups["start"], match.Groups["end"]);
        if (!match.Success || CueTime.Parse(start.Value) is not { } from || CueTime.Parse(end.Value) is not { } to)
            throw Malformed(text, line);
        if (to < from)
            throw text.Error(line.Number, $"the cue ends ({end.Value}) before it starts ({start.Value}); correct the times.");
        return new TimingLine(line, start.Value, end.Value, line.Start + end.Index, from, to, match.Groups["settings"].Value);
    }

    /// <summary>Refuses a block of lines that has times without an arrow: it was meant to be a cue.</summary>
    /// <exception cref="UserErrorException">It has.</exception>
    public static void CheckIsNone(TranscriptText text, TextLine line)
    {
        if (LooksLikeTimes().IsMatch(line.In(text.Text)))
            throw Malformed(text, line);
    }

    private static UserErrorException Malformed(TranscriptText text, TextLine line) => text.Error(
        line.Number, "these are no times of a cue; write them as 00:00:01,000 --> 00:00:02,500 (in WebVTT with a point for the comma).");

    [GeneratedRegex(@"\A\s*(?<start>\S+?)\s*-->\s*(?<end>[^\s]+)(?<settings>.*)\z", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Pattern();

    [GeneratedRegex(@"\A\s*[0-9]{1,4}:[0-9]{1,2}(:[0-9]{1,2})?[.,][0-9]{1,3}\s*[-=>\u2013\u2014\u2192]", RegexOptions.CultureInvariant)]
    private static partial Regex LooksLikeTimes();
}
