using System.Text;
using Diarizer.Streaming.Scoring;
using Diarizer.Streaming.Transcripts;

namespace Diarizer.Fuzz.Targets;

/// <summary>Transcripts; what was labelled must be readable again, with the same words.</summary>
internal sealed class TranscriptTarget(TranscriptFormat format) : IFuzzTarget
{
    private static readonly SpeakerSegment[] Turns = [new("talk", "ann", 0, 1.3), new("talk", "bob", 1.3, 2.6), new("talk", "ann", 2.4, 9), new("talk", "cy <b>&", 9, 4000)];

    private static readonly string[] Subtitles =
    [
        "1\n00:00:00,000 --> 00:00:02,500\nGood morning. <i>Did you</i> sleep well?\n\n2\n00:00:02,500 --> 00:00:04,000\n- Yes.\n- No.\n",
        "\uFEFF7\r\n00:00:01.5 --> 01:00:02,000 X1:40 X2:600\r\n{\\an8}<font color=\"#fff\">Tea &amp; cake</font>\r\n",
    ];

    private static readonly string[] Captions =
    [
        "WEBVTT - talk\n\nSTYLE\n::cue { color: red }\n\nNOTE nothing\n\nintro\n00:00.000 --> 00:02.500 align:start line:0%\n<v Ann>Good <c.x>morning</c>.</v> <00:01.000>Did you?\n\n01:00:00.000 --> 01:00:01.000\n&lt;b&gt; &amp;\n",
        "WEBVTT\n\n00:00.000 --> 00:03.000\nA <ruby>b<rt>c</rt></ruby> <lang en>d</lang> <b>e <u>f</b></u>\n",
    ];

    private static readonly string[] Json =
    [
        """{"text":" Good morning.","language":"en","segments":[{"id":0,"start":0.0,"end":2.5,"text":" Good morning. Did you?","words":[{"word":" Good","start":0.0,"end":0.4,"probability":0.9},{"word":" morning.","start":0.4,"end":1.2},{"word":" Did","start":1.4,"end":1.6},{"word":" you?","start":1.6,"end":2.5}]}]}""",
        """{"segments":[{"start":0,"end":3,"text":"one two three"},{"start":3,"end":3,"text":"","words":[]}],"word_segments":[{"word":"one","start":0,"end":1,"score":0.5},{"word":"7"}]}""",
        """{"words":[{"word":"a","start":0,"end":1},{"word":"b","start":1,"end":2,"speaker":"old"}]}""",
        """[{"start":0,"end":1,"text":"ein\u00e9 \ud83c\udf75"}]""",
    ];

    private static readonly string[] Ctm = [";; words\ntalk 1 0.00 0.40 good 0.98\ntalk 1 0.40 0.80 morning 0.9 lex\ntalk A 2.00 0.10 <eps>\n", "other 1 5e0 1 a\r\ntalk\t1\t3\t.5\tb\tNA\tlex\tspk\r\n"];

    public string Name => format.ToString().ToLowerInvariant();

    public bool IsJson => format == TranscriptFormat.Json;

    public IReadOnlyList<byte[]> Seeds { get; } = [.. SeedsOf(format).Select(Encoding.UTF8.GetBytes), [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(SeedsOf(format)[0])]];

    public IReadOnlyList<string> Words { get; } = format switch
    {
        TranscriptFormat.Json => ["\"start\":", "\"end\":", "\"text\":", "\"words\":", "\"word\":", "\"segments\":", "\"speaker\":", "{", "}", "[", "]", ",", "null", "\\u0000", "\\ud800", "\"\"", "{\"start\":0,\"end\":1,\"text\":\"a b\"},"],
        TranscriptFormat.Ctm => ["talk 1 ", " ", "\t", "\n", ";;", "<eps>", "lex", "0.5"],
        _ => ["00:00:01,000", "00:00:02.000", " --> ", "\n", "\r\n", "\n\n", "<v Bob>", "</v>", "<i>", "</i>", "<00:00:01.200>", "&amp;", "&#x41;", "<c.a.b>", "NOTE", "STYLE", "REGION", "WEBVTT", "{\\an8}", "align:start", "\uFEFF", "- ", "\u2028", "\u00A0"],
    };

    public string Read(byte[] input)
    {
        var transcript = Transcript.Read(input, "talk." + Name);
        var options = new LabelOptions { Split = input.Length % 2 == 0, Recording = transcript.Format == TranscriptFormat.Ctm ? null : "talk" };
        var labelled = transcript.Label(Turns, options);
        CheckAgain(transcript.Format, labelled, options);
        var summary = labelled.Summary;
        return $"{transcript.Format} {int.Log2(summary.Cues + 1)} {int.Log2(summary.Words + 1)} {int.Log2(summary.Splits + 1)} {summary.Labelled > 0} {summary.Unknown > 0}";
    }

    public void Dispose()
    {
    }

    private void CheckAgain(TranscriptFormat read, LabelledTranscript labelled, LabelOptions options)
    {
        try
        {
            _ = Transcript.Read(labelled.Content, "talk." + Name, read).Label(Turns, options);
        }
        catch (UserErrorException refusal)
        {
            // A number alone between blank lines of a text may look like a cue without times once the cues around it are counted anew.
            if (refusal.Message.Contains("has no times", StringComparison.Ordinal))
                return;
            throw new FuzzException("its own output is refused: " + refusal.Message);
        }
    }

    private static string[] SeedsOf(TranscriptFormat format) => format switch
    {
        TranscriptFormat.Srt => Subtitles,
        TranscriptFormat.Vtt => Captions,
        TranscriptFormat.Json => Json,
        _ => Ctm,
    };
}
