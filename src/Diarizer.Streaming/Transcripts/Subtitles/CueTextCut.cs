using System.Text;

namespace Diarizer.Streaming.Transcripts.Subtitles;

/// <summary>
/// Cuts the text of a cue between words. The white space at a cut is dropped: a cue ends and another begins there. Spans that are open are closed and opened
/// again, so that each piece looks as it did in the whole; times at a cut are dropped, since the piece's own say the same.
/// </summary>
internal sealed class CueTextCut
{
    private readonly CueText _text;
    private readonly bool _dropsVoices;
    private readonly StringBuilder _piece = new();
    private readonly List<CueToken> _open = [];
    private readonly string _styles;

    private CueTextCut(CueText text, bool dropsVoices)
    {
        (_text, _dropsVoices) = (text, dropsVoices);
        var leading = text.Words.Count == 0 ? 0 : text.Words[0].First;
        _styles = string.Concat(text.Tokens.Take(leading).Where(t => t.Kind == CueTokenKind.Style).Select(t => text.Text[t.Start..t.End]));
    }

    /// <summary>The text of each piece.</summary>
    /// <param name="text">The whole.</param>
    /// <param name="firstWords">The first word of each piece but the first, ascending from 1.</param>
    /// <param name="dropsVoices">Whether speakers that the text names are left out.</param>
    public static IEnumerable<string> Cut(CueText text, IEnumerable<int> firstWords, bool dropsVoices) => new CueTextCut(text, dropsVoices).Pieces(firstWords);

    private IEnumerable<string> Pieces(IEnumerable<int> firstWords)
    {
        var next = 0;
        foreach (var word in firstWords)
        {
            var (gap, end) = (_text.Words[word - 1].Last + 1, _text.Words[word].First);
            var cut = Enumerable.Range(gap, end - gap).LastOrDefault(t => _text.Tokens[t].Kind == CueTokenKind.Close, gap - 1) + 1;
            Append(next, gap, keepsBlanks: true);
            Append(gap, cut, keepsBlanks: false);
            foreach (var span in Enumerable.Reverse(_open))
                _piece.Append("</").Append(NameOf(span)).Append('>');
            yield return _piece.ToString();
            _piece.Clear().Append(_styles);
            foreach (var span in _open)
                Append(span);
            Append(cut, end, keepsBlanks: false);
            next = end;
        }

        Append(next, _text.Tokens.Count, keepsBlanks: true);
        yield return _piece.ToString();
    }

    private void Append(int first, int end, bool keepsBlanks)
    {
        for (var t = first; t < end; t++)
        {
            var token = _text.Tokens[t];
            if (token.Kind == CueTokenKind.Open)
                _open.Add(token);
            else if (token.Kind == CueTokenKind.Close)
                Close(token);
            var isDropped = token.Kind switch
            {
                CueTokenKind.Blank or CueTokenKind.Time => !keepsBlanks,
                CueTokenKind.Voice => _dropsVoices,
                _ => false,
            };
            if (!isDropped)
                Append(token);
        }
    }

    private void Append(CueToken token) => _piece.Append(_text.Text, token.Start, token.End - token.Start);

    private void Close(CueToken token)
    {
        var opened = _open.FindLastIndex(o => NameOf(o).Equals(NameOf(token), StringComparison.OrdinalIgnoreCase));
        if (opened >= 0)
            _open.RemoveAt(opened);
    }

    // <c.yellow>, <font color="red">, </i>
    private ReadOnlySpan<char> NameOf(CueToken tag)
    {
        var inner = _text.Text.AsSpan(tag.Start + 1, tag.End - tag.Start - 2).TrimStart('/');
        var length = inner.IndexOfAny(" .\t\r\n");
        return length < 0 ? inner : inner[..length];
    }
}
