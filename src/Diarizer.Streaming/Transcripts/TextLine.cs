namespace Diarizer.Streaming.Transcripts;

/// <summary>A line of a text, as positions in it.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Start">Its first character.</param>
/// <param name="End">After its last character, before the line end.</param>
/// <param name="Next">After the line end; the start of the next line.</param>
internal readonly record struct TextLine(int Number, int Start, int End, int Next)
{
    /// <summary>Its characters, without the line end.</summary>
    public ReadOnlySpan<char> In(string text) => text.AsSpan(Start, End - Start);

    /// <summary>The lines of a text, ended by LF, CR LF or CR.</summary>
    public static List<TextLine> Split(string text)
    {
        var lines = new List<TextLine>();
        for (var start = 0; start < text.Length;)
        {
            var length = text.AsSpan(start).IndexOfAny('\n', '\r');
            var end = length < 0 ? text.Length : start + length;
            var next = Math.Min(text.Length, end + (text.AsSpan(end).StartsWith("\r\n") ? 2 : 1));
            lines.Add(new TextLine(lines.Count + 1, start, end, next));
            start = next;
        }

        return lines;
    }
}
