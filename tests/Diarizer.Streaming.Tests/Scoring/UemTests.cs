using Diarizer.Streaming.Scoring;

namespace Diarizer.Streaming.Tests.Scoring;

public class UemTests
{
    [Fact]
    public void Reads_the_regions_of_each_recording_in_order()
    {
        var uem = Uem.Read(new StringReader(";; c\nb 1 5 9.5\nb 1 0 5\na NA 1 2\n"), "x.uem");
        Assert.Equal([new Interval(0, 5), new Interval(5, 9.5)], uem["b"]);
        Assert.Equal([new Interval(1, 2)], uem["a"]);
    }

    [Theory]
    [InlineData("a 1 0\n", "4 fields")]
    [InlineData("a 1 2 2\n", "ends")]
    [InlineData("a 1 two 3\n", "'two'")]
    [InlineData("a 1 0 5\na 1 4 6\n", "line 2")]
    public void Says_what_is_wrong(string text, string what) =>
        Assert.Contains(what, Assert.Throws<UserErrorException>(() => Uem.Read(new StringReader(text), "x.uem")).Message, StringComparison.Ordinal);
}
