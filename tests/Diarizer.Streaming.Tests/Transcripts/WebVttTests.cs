using Diarizer.Streaming.Transcripts;

namespace Diarizer.Streaming.Tests.Transcripts;

public class WebVttTests
{
    private const string Whole = """
        WEBVTT - tea time
        Kind: captions
        X-TIMESTAMP-MAP=LOCAL:00:00:00.000,MPEGTS:0

        STYLE
        ::cue(v[voice="ann"]) { color: lime }

        REGION
        id:top
        lines:3

        NOTE the first cue
        is about tea

        question
        00:00.500 --> 00:04.500 align:start position:10%
        <c.loud>Tea or <b>coffee?</b> Coffee,</c> not I.

        NOTE

        5
        01:00:05.000 --> 01:00:06.000
        Right &amp; good.

        """;

    private static string Label(string text, string turns, LabelOptions? options = null) => Labelling.Label(text.ReplaceLineEndings("\n"), "talk.vtt", turns, options);

    [Fact]
    public void Everything_but_the_cues_is_kept() => Assert.Equal(
        Whole.ReplaceLineEndings("\n").Replace("""
            00:00.500 --> 00:04.500 align:start position:10%
            <c.loud>Tea or <b>coffee?</b> Coffee,</c> not I.
            """.ReplaceLineEndings("\n"), """
            00:00.500 --> 00:02.500 align:start position:10%
            <v ann><c.loud>Tea or <b>coffee?</b></c>

            question-2
            00:02.500 --> 00:04.500 align:start position:10%
            <v bob><c.loud>Coffee,</c> not I.
            """.ReplaceLineEndings("\n"), StringComparison.Ordinal).Replace("Right", "<v bob>Right", StringComparison.Ordinal),
        Label(Whole, "ann 0-2.5, bob 2.5-4.5, bob 3600-3607"));

    [Fact]
    public void Without_labels_it_is_the_same() => Assert.Equal(Whole.ReplaceLineEndings("\n"), Label(Whole, "", Labelling.Silent));

    [Fact]
    public void Times_inside_the_text_say_when_words_are_spoken()
    {
        const string Text = "WEBVTT\n\n00:00:00.000 --> 00:00:10.000 align:start\n \nyes<00:00:08.000><c> and</c><00:00:09.000><c> no</c>\n";
        Assert.Equal(
            "WEBVTT\n\n00:00:00.000 --> 00:00:08.000 align:start\n \n<v ann>yes\n\n00:00:08.000 --> 00:00:10.000 align:start\n<v bob><c>and</c><00:00:09.000><c> no</c>\n",
            Label(Text, "ann 0-8, bob 8-10"));
    }

    [Fact]
    public void Times_inside_the_text_that_make_no_sense_are_not_used() =>
        Assert.Contains("<v ann><00:59:00.000>aaaa <00:00:00.000>bbbb", Label("WEBVTT\n\n00:00.000 --> 00:02.000\n<00:59:00.000>aaaa <00:00:00.000>bbbb\n", "ann 0-2"), StringComparison.Ordinal);

    [Fact]
    public void Voices_of_before_are_replaced() => Assert.Equal(
        "WEBVTT\n\n00:00.000 --> 00:02.000\n<v ann>Tea? <i>Yes</i>\n",
        Label("WEBVTT\n\n00:00.000 --> 00:02.000\n<v.loud Fred>Tea?</v> <v Mary><i>Yes</i></v>\n", "ann 0-2"));

    [Fact]
    public void Names_are_escaped()
    {
        var labelled = Transcript.Read("WEBVTT\n\n00:00.000 --> 00:02.000\nTea?\n"u8.ToArray(), "talk.vtt").Label([new("talk", "A & <B>\n", 0, 2)], new LabelOptions());
        Assert.Contains("<v A &amp; &lt;B&gt;>Tea?", System.Text.Encoding.UTF8.GetString(labelled.Content.Span), StringComparison.Ordinal);
    }

    [Fact]
    public void New_ids_do_not_repeat_old_ones() => Assert.Contains(
        "\na-3\n00:01.000", Label("WEBVTT\n\na\n00:00.000 --> 00:02.000\naaaa bbbb\n\na-2\n00:02.000 --> 00:03.000\ncccc\n", "ann 0-1, bob 1-3"), StringComparison.Ordinal);

    [Fact]
    public void A_cue_nested_too_deep_is_left_whole()
    {
        var (open, close) = (string.Concat(Enumerable.Repeat("<i>", 40)), string.Concat(Enumerable.Repeat("</i>", 40)));
        Assert.Contains($"<v bob>{open}aaaa bbbb bbbb{close}", Label($"WEBVTT\n\n00:00.000 --> 00:03.000\n{open}aaaa bbbb bbbb{close}\n", "ann 0-1, bob 1-3"), StringComparison.Ordinal);
    }
}
