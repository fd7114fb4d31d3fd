using Diarizer.Streaming.Transcripts.Words;

namespace Diarizer.Streaming.Transcripts.Ctm;

/// <summary>A line of a word.</summary>
/// <param name="Line">Where it is.</param>
/// <param name="Fields">How many fields it has; at least 5.</param>
/// <param name="Word">Its word.</param>
internal readonly record struct CtmWord(TextLine Line, int Fields, TranscriptWord Word);

/// <summary>
/// Time-marked words. The speaker is the eighth field, after confidence and type, as in NIST's Rich Transcription evaluations and their validator of such
/// files; where the fields before it are missing they are written as a word of the language (<c>lex</c>) that is certain.
/// </summary>
internal sealed class CtmTranscript : Transcript
{
    private const int SpeakerField = 8;

    private static readonly string[] Missing = [" 1.00", " lex"];

    private readonly TranscriptText _text;
    private readonly IReadOnlyList<(string Recording, List<CtmWord> Words)> _lists;

    public CtmTranscript(TranscriptText text, IReadOnlyList<(string Recording, List<CtmWord> Words)> lists)
        : base(TranscriptFormat.Ctm, text.Source)
    {
        (_text, _lists) = (text, lists);
        Cues = [.. lists.Select(l => new Cue(l.Recording, l.Words[0].Word.Start!.Value, l.Words[^1].Word.End!.Value, [.. l.Words.Select(w => w.Word)], CueKind.WordList))];
    }

    internal override IReadOnlyList<Cue> Cues { get; }

    internal override ReadOnlyMemory<byte> Write(IReadOnlyList<LabelledCue> cues)
    {
        var edits = new Edits<char>(_text.Text.AsMemory(), Source);
        for (var i = 0; i < cues.Count; i++)
        {
            foreach (var (word, spoken) in _lists[i].Words.Zip(cues[i].Words))
            {
                if (cues[i].LabelOf(spoken.Speaker) is { } label)
                    SetSpeaker(word, label, edits);
            }
        }

        return _text.Encode(edits.Apply().Span);
    }

    private void SetSpeaker(CtmWord word, string label, Edits<char> edits)
    {
        // A blank would split the field.
        var name = string.Join('_', label.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        var (start, end) = FieldAt(word, SpeakerField);
        edits.Replace(start, end, (start < end ? name : string.Concat(Missing.Skip(word.Fields - 5)) + " " + name).AsMemory());
    }

    // Where a field is; behind the last one if there are not so many.
    private (int Start, int End) FieldAt(CtmWord word, int number)
    {
        var line = word.Line.In(_text.Text);
        var (start, end) = (0, 0);
        for (var field = 1; field <= Math.Min(number, word.Fields); field++)
        {
            start = end;
            while (line[start] is ' ' or '\t')
                start++;
            end = start;
            while (end < line.Length && line[end] is not (' ' or '\t'))
                end++;
        }

        return number <= word.Fields ? (word.Line.Start + start, word.Line.Start + end) : (word.Line.Start + end, word.Line.Start + end);
    }
}
