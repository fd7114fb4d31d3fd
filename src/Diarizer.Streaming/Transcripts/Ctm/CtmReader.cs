using System.Globalization;
using Diarizer.Streaming.Transcripts.Words;

namespace Diarizer.Streaming.Transcripts.Ctm;

/// <summary>
/// Reads time-marked words as NIST's sclite does: <c>recording channel start duration word [confidence [type [speaker]]]</c>; comments (<c>;;</c>), blank
/// lines and the marks of alternatives, which have <c>*</c> for times, are passed over.
/// </summary>
internal static class CtmReader
{
    private static readonly char[] Blanks = [' ', '\t'];

    /// <exception cref="UserErrorException">A line is malformed.</exception>
    public static CtmTranscript Read(TranscriptText text)
    {
        var lines = new Dictionary<(string Recording, string Channel), List<CtmWord>>();
        var count = 0;
        foreach (var line in TextLine.Split(text.Text))
        {
            if (ReadLine(text, line) is not var (recording, word))
                continue;
            if (!lines.TryGetValue(recording, out var words))
                lines[recording] = words = [];
            words.Add(word);
            TranscriptLimits.CheckWords(++count, text.Source);
        }

        return new CtmTranscript(text, [.. lines.Select(l => (l.Key.Recording, l.Value))]);
    }

    private static ((string Recording, string Channel) Recording, CtmWord Word)? ReadLine(TranscriptText text, TextLine line)
    {
        var content = line.In(text.Text).ToString();
        var fields = content.Split(Blanks, StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length == 0 || fields[0].StartsWith(";;", StringComparison.Ordinal))
            return null;
        if (fields.Length < 5)
            throw text.Error(line.Number, $"a line of words needs 5 fields or more (recording channel start duration word), this has {fields.Length}; correct the line.");
        if (fields[2] == "*" && fields[3] == "*")
            return null;
        var (start, duration) = (Seconds(fields[2], "start"), Seconds(fields[3], "duration"));
        return ((fields[0], fields[1]), new CtmWord(line, fields.Length, new TranscriptWord(fields[4].Length, start, start + duration)));

        double Seconds(string field, string name) =>
            double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value is >= 0 and <= TranscriptLimits.LatestTime
                ? value
                : throw text.Error(line.Number, $"the {name} is '{TranscriptText.Clip(field)}', but it must be a number of seconds, not negative; correct the line.");
    }
}
