using Diarizer.Streaming.Scoring;
using Diarizer.Streaming.Transcripts;

namespace Diarizer.Streaming.Tests.Transcripts;

public class CtmTests
{
    private const string Words = """
        ;; recogniser output
        talk 1 0.50 0.30 the 0.98
        talk 1  0.80 0.40 kettle
        talk	1	1.30	0.30	sings	0.99	lex

        talk 1 * * <ALT_BEGIN>
        talk 1 2.00 0.30 does 0.50 lex x
        talk 1 * * <ALT_END>
        talk 1 2.30 0.20 it 0.90 lex SPEAKER_01 extra
        """;

    [Fact]
    public void The_speaker_is_the_eighth_field() => Assert.Equal(
        """
        ;; recogniser output
        talk 1 0.50 0.30 the 0.98 lex ann
        talk 1  0.80 0.40 kettle 1.00 lex ann
        talk	1	1.30	0.30	sings	0.99	lex ann

        talk 1 * * <ALT_BEGIN>
        talk 1 2.00 0.30 does 0.50 lex bob
        talk 1 * * <ALT_END>
        talk 1 2.30 0.20 it 0.90 lex bob extra
        """,
        Labelling.Label(Words, "talk.ctm", "ann 0-1.8, bob 1.9-3"));

    [Fact]
    public void Without_labels_it_is_the_same() => Assert.Equal(Words, Labelling.Label(Words, "talk.ctm", "", Labelling.Silent));

    [Fact]
    public void Each_recording_has_its_own_turns()
    {
        IReadOnlyList<SpeakerSegment> turns = [new("one", "ann", 0, 9), new("two", "bob", 0, 9)];
        var labelled = Transcript.Read("two A 1 1 a\none A 1 1 b\n"u8.ToArray(), "all.ctm").Label(turns, new LabelOptions());
        Assert.Equal("two A 1 1 a 1.00 lex bob\none A 1 1 b 1.00 lex ann\n", System.Text.Encoding.UTF8.GetString(labelled.Content.Span));
        Assert.Equal([("bob", 1), ("ann", 1)], labelled.Summary.Speakers.Select(s => (s.Key, s.Value)));
        Assert.Equal((0, 2, 0), (labelled.Summary.Cues, labelled.Summary.Words, labelled.Summary.Unknown));
    }

    [Fact]
    public void A_recording_without_turns_is_refused()
    {
        IReadOnlyList<SpeakerSegment> turns = [new("one", "ann", 0, 9), new("two", "bob", 0, 9)];
        var error = Assert.Throws<UserErrorException>(() => Transcript.Read("three A 1 1 a\n"u8.ToArray(), "all.ctm").Label(turns, new LabelOptions()));
        Assert.Contains("three", error.Message, StringComparison.Ordinal);
        Assert.Contains("one, two", error.Message, StringComparison.Ordinal);
    }
}
