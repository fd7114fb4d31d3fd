using System.Text;
using Diarizer.Streaming.Scoring;
using Diarizer.Streaming.Transcripts;

namespace Diarizer.Streaming.Tests.Transcripts;

/// <summary>Formats, encodings, and files that are refused.</summary>
public class ReadingTests
{
    private const string Srt = "1\r\n00:00:00,000 --> 00:00:01,000\r\nTea, s'il te pla\u00EEt \u2013 \U0001F375\r\n";

    [Theory]
    [InlineData("utf-8", false)]
    [InlineData("utf-8", true)]
    [InlineData("utf-16", true)]
    [InlineData("utf-16BE", true)]
    public void The_encoding_is_kept(string name, bool marked)
    {
        var encoding = Encoding.GetEncoding(name);
        byte[] Bytes(string text) => [.. marked ? encoding.GetPreamble() : [], .. encoding.GetBytes(text)];
        var labelled = Transcript.Read(Bytes(Srt), "talk.srt").Label(Labelling.Turns("ann 0-1"), new LabelOptions());
        Assert.Equal(Bytes(Srt.Replace("Tea", "[ann]: Tea", StringComparison.Ordinal)), labelled.Content.ToArray());
    }

    [Fact]
    public void Json_in_utf_16_is_read()
    {
        byte[] bytes = [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("""{"segments":[{"start":0,"end":1,"text":"thé"}]}""")];
        var labelled = Transcript.Read(bytes, "talk.json").Label(Labelling.Turns("Zoë 0-1"), new LabelOptions());
        Assert.Equal("""{"segments":[{"start":0,"end":1,"text":"thé","speaker":"Zoë"}]}""", Encoding.Unicode.GetString(labelled.Content.Span[2..]));
    }

    [Theory]
    [InlineData("1\n00:00:00,000 --> 00:00:01,000\na\n", "talk.txt", TranscriptFormat.Srt)]
    [InlineData("WEBVTT\n\n00:00.000 --> 00:01.000\na\n", "talk.srt", TranscriptFormat.Vtt)]
    [InlineData("  \n{\"segments\": []}", "talk", TranscriptFormat.Json)]
    [InlineData(";; words\ntalk 1 0 1 a\n", "talk.txt", TranscriptFormat.Ctm)]
    [InlineData("", "talk.SRT", TranscriptFormat.Srt)]
    [InlineData("", "talk.ctm", TranscriptFormat.Ctm)]
    public void The_format_is_told_from_content_and_name(string text, string name, TranscriptFormat format) =>
        Assert.Equal(format, Transcript.Read(Encoding.UTF8.GetBytes(text), name).Format);

    [Theory]
    [InlineData("Dear diary,\ntoday we had tea.\n", "talk.txt", "none of SRT")]
    [InlineData("hello\n1\n00:00:00,000 --> 00:00:01,000\na\n", "a.srt", "a.srt, line 1:")]
    [InlineData("1\n00:00:00,000 --> 00:00:01,000\na\n\n2\n00:00:02,000 -> 00:00:03,000\nb\n", "a.srt", "line 6:")]
    [InlineData("1\n00:00:00,000 --> 00:00:01,000\na\n\n2\nb\n", "a.srt", "cue 2 has no times")]
    [InlineData("1\n00:00:00,000 --> 00:00:01\u00B9\na\n", "a.srt", "line 2:")]
    [InlineData("1\n00:00:00,000 --> 00:61:00,000\na\n", "a.srt", "line 2:")]
    [InlineData("1\n00:00:02,000 --> 00:00:01,000\na\n", "a.srt", "before it starts")]
    [InlineData("no times at all\n", "a.srt", "line 1:")]
    [InlineData("00:00.000 --> 00:01.000\na\n", "a.vtt", "begins with WEBVTT")]
    [InlineData("WEBVTTX\n", "a.vtt", "begins with WEBVTT")]
    [InlineData("WEBVTT\n\nid\n00:00.000 -- 00:01.000\na\n", "a.vtt", "line 4:")]
    [InlineData("WEBVTT\n\n00:00.000 --> soon\na\n", "a.vtt", "line 3:")]
    [InlineData("{\"segments\": [\n{\"start\": 0, \"end\": 1, \"text\": \"a\"},\n]}", "a.json", "line 3:")]
    [InlineData("{\"segments\": [\n{\"start\": 0, \"end\": NaN}]}", "a.json", "NaN")]
    [InlineData("{\"segments\": []} {}", "a.json", "line 1:")]
    [InlineData("{\"segments\": 5}", "a.json", "no list")]
    [InlineData("{\"segments\": [[0, 1, \"a\"]]}", "a.json", "no object")]
    [InlineData("{\"segments\": [\n\n{\"start\": 0, \"text\": \"a\"}]}", "a.json", "line 3: the segment has no end")]
    [InlineData("{\"segments\": [{\"start\": \"0\", \"end\": 1}]}", "a.json", "\"start\" is no time")]
    [InlineData("{\"segments\": [{\"start\": -1, \"end\": 1}]}", "a.json", "\"start\" is no time")]
    [InlineData("{\"segments\": [{\"start\": 2, \"end\": 1}]}", "a.json", "before it starts")]
    [InlineData("{\"segments\": [{\"start\": 0, \"end\": 1, \"text\": 7}]}", "a.json", "\"text\" is no text")]
    [InlineData("{\"segments\": [{\"start\": 0, \"end\": 1, \"words\": [{\"start\": 0}]}]}", "a.json", "the word has no text")]
    [InlineData("{\"transcription\": []}", "a.json", "whisper.cpp")]
    [InlineData("{}", "a.json", "no segments")]
    [InlineData("7", "a.json", "no segments")]
    [InlineData("", "a.json", "line 1:")]
    [InlineData("talk 1 0 1\n", "a.ctm", "5 fields")]
    [InlineData("talk 1 0 1 a\ntalk 1 0 x b\n", "a.ctm", "line 2: the duration is 'x'")]
    [InlineData("talk 1 -1 1 a\n", "a.ctm", "not negative")]
    [InlineData("talk 1 NaN 1 a\n", "a.ctm", "'NaN'")]
    [InlineData("1\n00:00:00,000 --> 00:00:01,000\na\0b\n", "a.srt", "line 3: there is a zero byte")]
    public void What_is_malformed_is_named_with_its_place(string text, string name, string part) => Assert.Contains(part, Labelling.Refusal(text, name), StringComparison.Ordinal);

    [Theory]
    [InlineData("{\"a\": t", "a.json")]
    [InlineData("talk 1 0 x", "a.ctm")]
    public void What_is_quoted_is_short_and_on_one_line(string start, string name)
    {
        var refusal = Labelling.Refusal(start + string.Concat(Enumerable.Repeat("y\u0007y", 100_000)) + " word\n", name);
        Assert.InRange(refusal.Length, 1, 400);
        Assert.DoesNotContain(refusal, char.IsControl);
    }

    [Fact]
    public void Other_encodings_are_refused()
    {
        var error = Assert.Throws<UserErrorException>(() => Transcript.Read(Encoding.Latin1.GetBytes("1\n00:00:00,000 --> 00:00:01,000\nthé\n"), "a.srt"));
        Assert.Contains("line 3: this is not UTF-8", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_beyond_the_limit_are_refused() =>
        Assert.Contains("larger than", Assert.Throws<UserErrorException>(() => Transcript.Read(new byte[TranscriptLimits.MaximumBytes + 1], "a.srt")).Message, StringComparison.Ordinal);

    [Fact]
    public void The_recording_is_found_by_name_or_asked_for()
    {
        IReadOnlyList<SpeakerSegment> turns = [new("tea", "ann", 0, 1), new("talk", "bob", 0, 1)];
        Transcript Read(string name) => Transcript.Read(Encoding.UTF8.GetBytes(Srt), name);
        string Speaker(string name, string? recording = null) => Assert.Single(Read(name).Label(turns, new LabelOptions { Recording = recording }).Summary.Speakers).Key;
        Assert.Equal("bob", Speaker("/tmp/talk.en.srt"));
        Assert.Equal("ann", Speaker("/tmp/talk.en.srt", "tea"));
        Assert.Contains("--recording", Assert.Throws<UserErrorException>(() => Speaker("other.srt")).Message, StringComparison.Ordinal);
        Assert.Contains("tea, talk", Assert.Throws<UserErrorException>(() => Speaker("other.srt", "coffee")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_out_of_bounds_are_refused() =>
        Assert.Contains("Jitter is 9", Assert.Throws<UserErrorException>(() => Labelling.Label(Srt, "a.srt", "", new LabelOptions { Jitter = 9 })).Message, StringComparison.Ordinal);
}
