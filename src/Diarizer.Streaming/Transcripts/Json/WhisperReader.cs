using System.Globalization;
using System.Text;
using System.Text.Json;
using Diarizer.Streaming.Transcripts.Words;

namespace Diarizer.Streaming.Transcripts.Json;

/// <summary>
/// Reads the JSON of openai-whisper (also its API's <c>verbose_json</c>), faster-whisper and WhisperX: <c>segments</c> with <c>start</c>, <c>end</c> and
/// <c>text</c>, each with or without <c>words</c>, and a list of all words (<c>word_segments</c>, <c>words</c>) beside or instead of them. A list of segments
/// without an object around it is read too.
/// </summary>
internal sealed class WhisperReader
{
    private readonly TranscriptText _text;
    private readonly byte[] _json;
    private long _words;

    private WhisperReader(TranscriptText text) => (_text, _json) = (text, Encoding.UTF8.GetBytes(text.Text));

    /// <exception cref="UserErrorException">It is no JSON, or of another shape.</exception>
    public static WhisperTranscript Read(TranscriptText text) => new WhisperReader(text).Read();

    private WhisperTranscript Read()
    {
        var root = JsonSpans.Root(_text, _json);
        var members = root.Type == JsonTokenType.StartObject ? JsonSpans.Members(_json, root) : [];
        if (JsonSpans.Find(members, "transcription") is { } foreign && JsonSpans.Find(members, "segments") is null)
            throw Error(foreign, "this is the JSON of whisper.cpp, whose words are in another form; let it write SRT or WebVTT instead");
        var segments = root.Type == JsonTokenType.StartArray ? root : JsonSpans.Find(members, "segments");
        var list = JsonSpans.Find(members, "word_segments") ?? JsonSpans.Find(members, "words");
        if (segments is null && list is null)
            throw Error(root, "there are no segments; give the JSON of openai-whisper, faster-whisper or WhisperX");
        var read = segments is { } s ? Objects(s, "segments").ConvertAll(ReadSegment) : [];
        return WhisperTranscript.Of(_text, _json, read, list is { } l ? ReadWords(l) : []);
    }

    private (WhisperSegment Segment, Cue Cue) ReadSegment(JsonSpan value)
    {
        var members = JsonSpans.Members(_json, value);
        var start = Seconds(members, "start") ?? throw Error(value, "the segment has no start; add its time in seconds");
        var end = Seconds(members, "end") ?? throw Error(value, "the segment has no end; add its time in seconds");
        if (end < start)
            throw Error(value, "the segment ends before it starts; correct its times");
        var text = Text(members, "text");
        var list = JsonSpans.Find(members, "words");
        List<WhisperWord> words = list is { } l ? ReadWords(l) : [];
        var segment = new WhisperSegment(value, text, list, words);
        var content = text is { } t ? new JsonString(_json, t).Text : "";
        if (words.Count > 0)
        {
            var isDivisible = text is not null && SegmentText.Locate(content, words.Select(w => w.Text)) is not null;
            return (segment, new Cue(null, start, end, [.. words.Select(w => w.Word)], isDivisible ? CueKind.Cue : CueKind.Whole));
        }

        var places = SegmentText.Words(content);
        Count(places.Count);
        return (segment, new Cue(null, start, end, [.. places.Select(p => WordOf(content, p.Start, p.End))], CueKind.Cue));
    }

    private static TranscriptWord WordOf(string text, int start, int end) => new(end - start, EndsSentence: WordBreaks.EndsSentence(text.AsSpan(start, end - start)));

    private List<WhisperWord> ReadWords(JsonSpan list)
    {
        var words = Objects(list, "words").ConvertAll(ReadWord);
        Count(words.Count);
        return words;
    }

    private WhisperWord ReadWord(JsonSpan value)
    {
        var members = JsonSpans.Members(_json, value);
        var text = Text(members, "word") ?? Text(members, "text") ?? throw Error(value, "the word has no text; add it as \"word\"");
        var content = new JsonString(_json, text).Text.Trim();
        var (start, end) = (Seconds(members, "start"), Seconds(members, "end"));
        // Recognisers leave out the times of what they cannot align, and now and then give them in the wrong order: such a word gets its share of the time between its neighbours.
        var isTimed = end is null || start is null || start <= end;
        return new WhisperWord(value, new TranscriptWord(Math.Max(1, content.Length), isTimed ? start : null, isTimed ? end : null), content);
    }

    private List<JsonSpan> Objects(JsonSpan list, string name)
    {
        if (list.Type != JsonTokenType.StartArray)
            throw Error(list, $"{name} is no list; give the JSON of openai-whisper, faster-whisper or WhisperX");
        var elements = JsonSpans.Elements(_json, list);
        foreach (var element in elements)
        {
            if (element.Type != JsonTokenType.StartObject)
                throw Error(element, $"an element of {name} is no object; give the JSON of openai-whisper, faster-whisper or WhisperX");
        }

        return elements;
    }

    private JsonSpan? Text(List<JsonMember> members, string name) => JsonSpans.Find(members, name) switch
    {
        null => null,
        { Type: JsonTokenType.String } text => text,
        { } other => throw Error(other, $"\"{name}\" is no text; correct it"),
    };

    private double? Seconds(List<JsonMember> members, string name)
    {
        if (JsonSpans.Find(members, name) is not { } value)
            return null;
        var isNumber = double.TryParse(_json.AsSpan(value.Start, value.End - value.Start), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds);
        return isNumber && seconds is >= 0 and <= TranscriptLimits.LatestTime ? seconds : throw Error(value, $"\"{name}\" is no time in seconds, from 0 on; correct it");
    }

    private void Count(int words) => TranscriptLimits.CheckWords(_words += words, _text.Source);

    private UserErrorException Error(JsonSpan value, string problem) => _text.Error(1 + _json.AsSpan(0, value.Start).Count((byte)'\n'), problem + ".");
}
