using Diarizer.Streaming.Scoring;

namespace Diarizer.Streaming.Tests.Scoring;

public class RttmTests
{
    private static IReadOnlyList<SpeakerSegment> Read(string text) => Rttm.Read(new StringReader(text), "x.rttm");

    [Fact]
    public void Reads_speaker_lines_and_passes_over_the_rest()
    {
        var text = ";; comment\n# another\n\nSPKR-INFO a 1 <NA> <NA> <NA> unknown A <NA> <NA>\r\n\tSPEAKER  a 1 1.5 2.25 <NA> <NA> A <NA> <NA>\r\n"
            + "SPEAKER a 1 9 0 <NA> <NA> A <NA> <NA>\nLEXEME a 1 2 0.5 hello lex A <NA>\nSPEAKER b 1 0 1 <NA> <NA> B\n";
        Assert.Equal([new("a", "A", 1.5, 3.75), new("b", "B", 0, 1)], Read(text));
    }

    [Theory]
    [InlineData("SPEAKER a 1 1.5\n", "line 1", "8 fields")]
    [InlineData("\nSPEAKER a 1 x 2 <NA> <NA> A <NA> <NA>\n", "line 2", "'x'")]
    [InlineData("SPEAKER a 1 1 -2 <NA> <NA> A <NA> <NA>\n", "line 1", "duration")]
    [InlineData("SPEAKER a 1 NaN 2 <NA> <NA> A <NA> <NA>\n", "line 1", "'NaN'")]
    [InlineData("dear reader\n", "line 1", "'dear'")]
    public void Says_which_line_is_wrong(string text, string line, string what)
    {
        var error = Assert.Throws<UserErrorException>(() => Read(text));
        Assert.Contains("x.rttm", error.Message, StringComparison.Ordinal);
        Assert.Contains(line, error.Message, StringComparison.Ordinal);
        Assert.Contains(what, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Writes_what_others_read()
    {
        var text = new StringWriter();
        Rttm.Write(text, [new("my file", "S 1", 0.12345, 1.5)]);
        Assert.Equal("SPEAKER my_file 1 0.123 1.377 <NA> <NA> S_1 <NA> <NA>\n", text.ToString());
    }
}
