using Diarizer.Streaming.Transcripts.Words;

namespace Diarizer.Streaming.Transcripts.Subtitles;

/// <summary>SubRip or WebVTT.</summary>
internal sealed class SubtitleTranscript : Transcript
{
    // Spans nested deeper than this would be repeated in each piece; such a cue is left whole.
    private const int DeepestNesting = 16;

    private readonly TranscriptText _text;
    private readonly Markup _markup;
    private readonly IReadOnlyList<SubtitleCue> _subtitles;
    private readonly CueText[] _texts;

    public SubtitleTranscript(TranscriptFormat format, TranscriptText text, IReadOnlyList<SubtitleCue> subtitles)
        : base(format, text.Source)
    {
        (_text, _subtitles) = (text, subtitles);
        _markup = format == TranscriptFormat.Srt ? Markup.SubRip : Markup.WebVtt;
        _texts = [.. subtitles.Select(s => CueText.Parse(text.Text[s.TextStart..s.TextEnd], _markup))];
        TranscriptLimits.CheckWords(_texts.Sum(t => (long)t.Words.Count), text.Source);
        Cues = [.. subtitles.Zip(_texts, CueOf)];
    }

    internal override IReadOnlyList<Cue> Cues { get; }

    internal override ReadOnlyMemory<byte> Write(IReadOnlyList<LabelledCue> cues)
    {
        var edits = new Edits<char>(_text.Text.AsMemory(), Source);
        CueIds ids = Format == TranscriptFormat.Srt ? new CueIds.Numbers() : new CueIds.Names(_subtitles.Where(s => s.Id is not null).Select(IdOf));
        for (var i = 0; i < cues.Count; i++)
            Write(_subtitles[i], _texts[i], cues[i], ids, edits);
        return _text.Encode(edits.Apply().Span);
    }

    private static Cue CueOf(SubtitleCue subtitle, CueText text)
    {
        var (start, end) = (subtitle.Timing.StartTime, subtitle.Timing.EndTime);
        var words = new TranscriptWord[text.Words.Count];
        for (var i = 0; i < words.Length; i++)
        {
            // Times inside the text must grow from the cue's start to its end; one that does not is no use.
            var spoken = TimeBefore(text, i);
            if (!(spoken > start && spoken < end))
                spoken = null;
            var last = text.Tokens[text.Words[i].Last];
            var endsSentence = WordBreaks.EndsSentence(text.Text.AsSpan(last.Start, last.End - last.Start));
            words[i] = new TranscriptWord(text.LengthOf(text.Words[i]), spoken, EndsSentence: endsSentence);
            start = spoken ?? start;
        }

        return new Cue(null, subtitle.Timing.StartTime, end, words, text.Depth() <= DeepestNesting ? CueKind.Cue : CueKind.Whole);
    }

    private static double? TimeBefore(CueText text, int word)
    {
        for (var t = text.Words[word].First - 1; t >= 0 && text.Tokens[t].Kind != CueTokenKind.Word; t--)
        {
            if (text.Tokens[t] is { Kind: CueTokenKind.Time } time)
                return CueTime.Parse(text.Text.AsSpan(time.Start + 1, time.End - time.Start - 2));
        }

        return null;
    }

    private void Write(SubtitleCue subtitle, CueText text, LabelledCue cue, CueIds ids, Edits<char> edits)
    {
        var id = subtitle.Id is null ? null : IdOf(subtitle);
        if (id is not null)
            ReplaceId(subtitle.Id!.Value, id, ids.Keep(id), edits);
        var pieces = cue.Pieces;
        if (pieces.All(p => cue.LabelOf(p.Speaker) is null) && pieces.Count < 2)
            return;

        var timing = subtitle.Timing;
        if (pieces.Count > 1)
            edits.Replace(timing.EndAt, timing.EndAt + timing.End.Length, CueTime.Format(pieces[0].End, timing.End).AsMemory());
        var start = subtitle.TextStart;
        foreach (var (piece, content) in pieces.Zip(CueTextCut.Cut(text, pieces.Skip(1).Select(p => p.First), dropsVoices: true)))
        {
            var before = piece.First == 0 ? "" : HeaderOf(piece, subtitle, id is null ? null : ids.Next(id));
            var label = cue.LabelOf(piece.Speaker);
            edits.Replace(start, subtitle.TextEnd, (before + (label is null ? content : _markup.Labelled(content, label))).AsMemory());
            start = subtitle.TextEnd;
        }
    }

    private string HeaderOf(CuePiece piece, SubtitleCue subtitle, string? id)
    {
        var timing = subtitle.Timing;
        var lineEnd = _text.Text[timing.Line.End..timing.Line.Next];
        var end = piece.End == timing.EndTime ? timing.End : CueTime.Format(piece.End, timing.End);
        return $"{lineEnd}{lineEnd}{(id is null ? "" : id + lineEnd)}{CueTime.Format(piece.Start, timing.Start)} {TimingLine.Arrow} {end}{timing.Settings}{lineEnd}";
    }

    // Only the number itself: blanks around it stay.
    private void ReplaceId(TextLine line, string id, string replacement, Edits<char> edits)
    {
        var start = line.Start + line.In(_text.Text).IndexOf(id, StringComparison.Ordinal);
        if (replacement != id)
            edits.Replace(start, start + id.Length, replacement.AsMemory());
    }

    private string IdOf(SubtitleCue subtitle) => subtitle.Id!.Value.In(_text.Text).Trim().ToString();
}
