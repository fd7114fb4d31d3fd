using System.Globalization;
using System.Text;
using System.Text.Json;
using Diarizer.Streaming.Transcripts.Words;

namespace Diarizer.Streaming.Transcripts.Json;

/// <summary>Writes segments with their speakers, several for one where it is split.</summary>
/// <remarks>
/// Of a split segment every piece has the members of the whole; <c>start</c>, <c>end</c>, <c>text</c> and <c>words</c> are its own, and a whole number as
/// <c>id</c> counts on. Other lists (<c>tokens</c>, <c>chars</c>) cannot be divided without knowing what is in them: they stay with the first piece, and are
/// empty in the others, so that joined they are what they were.
/// </remarks>
internal sealed class SegmentWriter(byte[] json, string source)
{
    private int _added;

    /// <summary>Adds the edits of a segment; segments come in the order of the file.</summary>
    public void Write(WhisperSegment segment, LabelledCue cue, Edits<byte> edits)
    {
        if (cue.Pieces.Count < 2)
        {
            SetId(segment, edits);
            SetSpeakers(segment, cue, edits);
            SpeakerMember.Set(json, segment.Value, cue.Pieces.Count == 0 ? null : cue.LabelOf(cue.Pieces[0].Speaker), edits);
            return;
        }

        var separator = Separator(segment.Value);
        var at = segment.Value.Start;
        foreach (var (piece, text) in cue.Pieces.Zip(Texts(segment, cue)))
        {
            edits.Replace(at, segment.Value.End, PieceOf(segment, cue, piece, text, piece.First == 0 ? [] : separator));
            at = segment.Value.End;
            _added++;
        }

        _added--;
    }

    private byte[] PieceOf(WhisperSegment segment, LabelledCue cue, CuePiece piece, string text, byte[] separator)
    {
        var edits = new Edits<byte>(json, source);
        SetId(segment, edits);
        var (isFirst, isLast) = (piece.First == 0, piece.First + piece.Count == cue.Words.Length);
        foreach (var member in JsonSpans.Members(json, segment.Value))
        {
            var replacement = member.Name switch
            {
                "start" => isFirst ? null : TimeOf(piece.Start, segment, piece.First, "start"),
                "end" => isLast ? null : TimeOf(piece.End, segment, piece.First + piece.Count - 1, "end"),
                "text" => text,
                "words" when segment.Words.Count > 0 => WordsOf(segment, cue, piece),
                // Set below, whatever it was.
                "speaker" => null,
                _ => member.Value.Type == JsonTokenType.StartArray && !isFirst ? "[]" : null,
            };
            if (replacement is not null)
                edits.Replace(member.Value.Start, member.Value.End, Encoding.UTF8.GetBytes(replacement));
        }

        SpeakerMember.Set(json, segment.Value, cue.LabelOf(piece.Speaker), edits);
        return [.. separator, .. edits.Apply(segment.Value.Start, segment.Value.End).Span];
    }

    private IEnumerable<string> Texts(WhisperSegment segment, LabelledCue cue)
    {
        var text = new JsonString(json, segment.Text!.Value);
        var words = segment.Words.Count > 0 ? SegmentText.Locate(text.Text, segment.Words.Select(w => w.Text))! : SegmentText.Words(text.Text);
        return SegmentText.Cut(text.Text, words, cue.Pieces.Skip(1).Select(p => p.First)).Select(p => text.Written(p.Start, p.End));
    }

    private string WordsOf(WhisperSegment segment, LabelledCue cue, CuePiece piece)
    {
        var (list, words) = (segment.WordList!.Value, segment.Words);
        var edits = new Edits<byte>(json, source);
        for (var i = piece.First; i < piece.First + piece.Count; i++)
            SpeakerMember.Set(json, words[i].Value, cue.LabelOf(cue.Words[i].Speaker), edits);
        var content = edits.Apply(words[piece.First].Value.Start, words[piece.First + piece.Count - 1].Value.End);
        return Written(list.Start, words[0].Value.Start) + Encoding.UTF8.GetString(content.Span) + Written(words[^1].Value.End, list.End);
    }

    // As the word says it, where it does.
    private string TimeOf(double seconds, WhisperSegment segment, int word, string name)
    {
        if (word < segment.Words.Count && JsonSpans.Find(JsonSpans.Members(json, segment.Words[word].Value), name) is { } value
            && Written(value.Start, value.End) is var written && double.Parse(written, CultureInfo.InvariantCulture) == seconds)
            return written;
        return Math.Round(seconds, 3).ToString(CultureInfo.InvariantCulture);
    }

    private void SetSpeakers(WhisperSegment segment, LabelledCue cue, Edits<byte> edits)
    {
        for (var i = 0; i < segment.Words.Count; i++)
            SpeakerMember.Set(json, segment.Words[i].Value, cue.LabelOf(cue.Words[i].Speaker), edits);
    }

    private void SetId(WhisperSegment segment, Edits<byte> edits)
    {
        if (_added == 0 || JsonSpans.Find(JsonSpans.Members(json, segment.Value), "id") is not { } id)
            return;
        var written = json.AsSpan(id.Start, id.End - id.Start);
        if (long.TryParse(written, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number < long.MaxValue - _added)
            edits.Replace(id.Start, id.End, Encoding.UTF8.GetBytes((number + _added).ToString(CultureInfo.InvariantCulture)));
    }

    // What stands between this segment and the next, or if it is the last, before it.
    private byte[] Separator(JsonSpan segment)
    {
        var (start, end) = (segment.Start, segment.Start);
        if (json[segment.End] == ',')
            end = start = segment.End + 1;
        while (end < json.Length && IsBlank(json[end]))
            end++;
        while (IsBlank(json[start - 1]))
            start--;
        return [(byte)',', .. json.AsSpan(start, end - start)];
    }

    private static bool IsBlank(byte b) => b is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n';

    private string Written(int start, int end) => Encoding.UTF8.GetString(json, start, end - start);
}
