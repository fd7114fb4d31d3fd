using System.Text;
using Diarizer.Streaming.Transcripts.Words;

namespace Diarizer.Streaming.Transcripts.Json;

/// <summary>Whisper's JSON. Only speakers, and what a split changes, are written; all else stays as the file has it.</summary>
internal sealed class WhisperTranscript : Transcript
{
    private readonly TranscriptText _text;
    private readonly byte[] _json;
    private readonly IReadOnlyList<WhisperSegment> _segments;
    private readonly IReadOnlyList<WhisperWord> _list;

    private WhisperTranscript(TranscriptText text, byte[] json, IReadOnlyList<WhisperSegment> segments, IReadOnlyList<WhisperWord> list, IReadOnlyList<Cue> cues)
        : base(TranscriptFormat.Json, text.Source) => (_text, _json, _segments, _list, Cues) = (text, json, segments, list, cues);

    internal override IReadOnlyList<Cue> Cues { get; }

    /// <param name="text">The file.</param>
    /// <param name="json">The same in UTF-8.</param>
    /// <param name="segments">Its segments.</param>
    /// <param name="list">Its list of all words; empty if there is none.</param>
    public static WhisperTranscript Of(TranscriptText text, byte[] json, List<(WhisperSegment Segment, Cue Cue)> segments, IReadOnlyList<WhisperWord> list)
    {
        List<Cue> cues = [.. Timed([.. segments.Select(s => s.Cue)], list)];
        if (list.Count > 0)
            cues.Add(new Cue(null, list[0].Word.Start ?? 0, list[^1].Word.End ?? 0, [.. list.Select(w => w.Word)], cues.Count > 0 ? CueKind.Repetition : CueKind.WordList));
        return new WhisperTranscript(text, json, [.. segments.Select(s => s.Segment)], list, cues);
    }

    internal override ReadOnlyMemory<byte> Write(IReadOnlyList<LabelledCue> cues)
    {
        var edits = new Edits<byte>(_json, Source);
        var writer = new SegmentWriter(_json, Source);
        for (var i = 0; i < _segments.Count; i++)
            writer.Write(_segments[i], cues[i], edits);
        if (_list.Count > 0)
            WriteList(cues, edits);
        return _text.Encode(Encoding.UTF8.GetString(edits.Apply().Span));
    }

    // Where segments have no words of their own and the list is the words of their texts, it says when they are spoken.
    private static IEnumerable<Cue> Timed(IReadOnlyList<Cue> cues, IReadOnlyList<WhisperWord> list)
    {
        var words = cues.SelectMany(c => c.Words).ToList();
        if (words.Count != list.Count || words.Any(w => w.Start is not null || w.End is not null) || words.Zip(list).Any(p => p.First.Length != p.Second.Text.Length))
            return cues;
        var timed = new Queue<TranscriptWord>(list.Select(w => w.Word));
        return [.. cues.Select(c => c with { Words = [.. c.Words.Select(_ => timed.Dequeue())] })];
    }

    // A list that repeats the words of the segments says the same about them.
    private void WriteList(IReadOnlyList<LabelledCue> cues, Edits<byte> edits)
    {
        var own = cues[^1];
        var inSegments = cues.SkipLast(1).SelectMany(c => c.Words).ToList();
        var words = inSegments.Count == _list.Count ? inSegments : [.. own.Words];
        for (var i = 0; i < _list.Count; i++)
            SpeakerMember.Set(_json, _list[i].Value, own.LabelOf(words[i].Speaker), edits);
    }
}
