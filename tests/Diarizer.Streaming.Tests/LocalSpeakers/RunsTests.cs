using Diarizer.Streaming.LocalSpeakers;

namespace Diarizer.Streaming.Tests.LocalSpeakers;

public class RunsTests
{
    [Theory]
    [InlineData("##..##", 3, 0, "######")]
    [InlineData("##...##", 3, 0, "##...##")]
    [InlineData("..##..", 9, 0, "..##..")]
    [InlineData("##..#...", 0, 2, "##......")]
    [InlineData("#....#", 0, 2, "......")]
    [InlineData("#.#.#", 2, 5, "#####")]
    [InlineData("#.#.#", 1, 2, ".....")]
    [InlineData("", 5, 5, "")]
    [InlineData("....", 9, 9, "....")]
    public void Short_gaps_are_filled_before_short_runs_are_dropped(string marks, int filled, int shortest, string expected)
    {
        bool[] given = [.. marks.Select(c => c == '#')];
        Runs.Smooth(given, filled, shortest);
        Assert.Equal(expected, string.Concat(given.Select(m => m ? '#' : '.')));
    }
}
