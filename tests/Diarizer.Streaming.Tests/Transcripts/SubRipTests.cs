using Diarizer.Streaming.Transcripts;

namespace Diarizer.Streaming.Tests.Transcripts;

public class SubRipTests
{
    private static string Label(string text, string turns, LabelOptions? options = null) => Labelling.Label(text, "talk.srt", turns, options);

    [Fact]
    public void A_cue_of_one_speaker_gets_a_label_and_nothing_else() => Assert.Equal(
        "1\n00:00:00,500 --> 00:00:02,000\n[ann]: The kettle is on.\n\n2\n00:00:02,500 --> 00:00:04,000\n[bob]: Two cups,\nplease.\n",
        Label("1\n00:00:00,500 --> 00:00:02,000\nThe kettle is on.\n\n2\n00:00:02,500 --> 00:00:04,000\nTwo cups,\nplease.\n", "ann 0-2, bob 2.4-4"));

    [Fact]
    public void A_cue_is_split_where_the_speaker_changes_and_the_numbers_move_up() => Assert.Equal(
        """
        7
        00:00:00,000 --> 00:00:01,000
        [ann]: aaaa aaa.

        8
        00:00:01,000 --> 00:00:02,000
        [bob]: bbbb bbbb

        9
        00:00:02,000 --> 00:00:03,000
        [bob]: cccc

        """.ReplaceLineEndings("\n"),
        Label("7\n00:00:00,000 --> 00:00:02,000\naaaa aaa. bbbb bbbb\n\n8\n00:00:02,000 --> 00:00:03,000\ncccc\n", "ann 0-1, bob 1-3"));

    [Fact]
    public void Words_share_the_speech_and_not_the_pause() => Assert.Equal(
        "1\n00:00:00,000 --> 00:00:01,000\n[ann]: aaaa\n\n2\n00:00:04,000 --> 00:00:05,000\n[bob]: bbbb\n",
        Label("1\n00:00:00,000 --> 00:00:05,000\naaaa bbbb\n", "ann 0-1, bob 4-5"));

    [Fact]
    public void A_line_end_at_a_split_goes_and_the_others_stay() => Assert.Equal(
        "1\n00:00:00,000 --> 00:00:02,000\n[ann]: aaaa\naaaa\n\n2\n00:00:02,000 --> 00:00:04,000\n[bob]: bbbb\nbbbb\n",
        Label("1\n00:00:00,000 --> 00:00:04,000\naaaa\naaaa\nbbbb\nbbbb\n", "ann 0-2, bob 2-4"));

    [Fact]
    public void A_dash_before_a_line_goes_with_it() => Assert.Equal(
        "1\n00:00:00,000 --> 00:00:02,000\n[ann]: - Tea?\n\n2\n00:00:02,000 --> 00:00:04,000\n[bob]: - Milk\n",
        Label("1\n00:00:00,000 --> 00:00:04,000\n- Tea?\n- Milk\n", "ann 0-2, bob 2-4"));

    [Fact]
    public void Tags_are_closed_and_opened_again_at_a_split() => Assert.Equal(
        "1\n00:00:00,000 --> 00:00:01,000\n{\\an8}[ann]: <i><font color=\"red\">aaaa</font></i>\n\n2\n00:00:01,000 --> 00:00:02,000\n{\\an8}[bob]: <i><font color=\"red\">bbbb</font></i>\n",
        Label("1\n00:00:00,000 --> 00:00:02,000\n{\\an8}<i><font color=\"red\">aaaa bbbb</font></i>\n", "ann 0-1, bob 1-2"));

    [Fact]
    public void Brackets_that_are_no_tags_are_text() =>
        Assert.Contains("[ann]: a < b and {c} > d <3", Label("1\n00:00:00,000 --> 00:00:02,000\na < b and {c} > d <3\n", "ann 0-2"), StringComparison.Ordinal);

    [Fact]
    public void A_label_of_before_is_replaced() =>
        Assert.Contains("\n[ann]: Tea?\n", Label("1\n00:00:00,000 --> 00:00:02,000\n[SPEAKER_00]: Tea?\n", "ann 0-2"), StringComparison.Ordinal);

    [Fact]
    public void Wind_and_weather_of_real_files_are_kept()
    {
        // No numbers; a point for the comma; short hours; coordinates; blank lines inside a text and at the ends; no line end at the last line; Windows line ends.
        const string Text = "\r\n\r\n0:00:00.000 --> 0:00:02.000 X1:10 X2:600 Y1:20 Y2:400\r\naaaa\r\n\r\nbbbb\r\n\r\n\r\n0:00:03.00 -->  0:00:04.5\r\ncccc";
        Assert.Equal(Text, Label(Text, "", Labelling.Silent));
        Assert.Equal(
            "\r\n\r\n0:00:00.000 --> 0:00:01.000 X1:10 X2:600 Y1:20 Y2:400\r\n[ann]: aaaa\r\n\r\n0:00:01.000 --> 0:00:02.000 X1:10 X2:600 Y1:20 Y2:400\r\n[bob]: bbbb\r\n\r\n\r\n"
            + "0:00:03.00 -->  0:00:04.5\r\n[bob]: cccc",
            Label(Text, "ann 0-1, bob 1-5"));
    }

    [Fact]
    public void A_number_inside_a_text_is_text() => Assert.Contains(
        "[ann]: How many?\n\n2\n", Label("1\n00:00:00,000 --> 00:00:01,000\nHow many?\n\n2\n\n2\n00:00:02,000 --> 00:00:03,000\nTwo!\n", "ann 0-3"), StringComparison.Ordinal);

    [Fact]
    public void Cues_without_text_stay_as_they_are() =>
        Assert.Equal("1\n00:00:00,000 --> 00:00:02,000\n\n2\n00:00:02,000 --> 00:00:03,000\n[ann]: Tea?\n", Label("1\n00:00:00,000 --> 00:00:02,000\n\n2\n00:00:02,000 --> 00:00:03,000\nTea?\n", "ann 0-3"));

    [Fact]
    public void Without_splitting_a_cue_gets_the_speaker_of_most_of_it() =>
        Assert.Contains("[bob]: aaaa bbbb bbbb", Label("1\n00:00:00,000 --> 00:00:03,000\naaaa bbbb bbbb\n", "ann 0-1, bob 1-3", new LabelOptions { Split = false }), StringComparison.Ordinal);

    [Fact]
    public void A_no_break_space_is_inside_a_word() =>
        Assert.Contains("[ann]: Du thé\u00A0?\n", Label("1\n00:00:00,000 --> 00:00:04,000\nDu thé\u00A0? Oui\u00A0merci.\n", "ann 0-2, bob 2-4"), StringComparison.Ordinal);

    [Fact]
    public void Chinese_is_split_at_its_punctuation_only() => Assert.Equal(
        "1\n00:00:00,000 --> 00:00:02,000\n[ann]: 你喝茶吗？\n\n2\n00:00:02,000 --> 00:00:04,000\n[bob]: 好的谢谢。\n",
        Label("1\n00:00:00,000 --> 00:00:04,000\n你喝茶吗？好的谢谢。\n", "ann 0-1.9, bob 1.9-4"));
}
