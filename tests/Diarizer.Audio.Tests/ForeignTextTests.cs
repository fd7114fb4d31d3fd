namespace Diarizer.Audio.Tests;

public class ForeignTextTests
{
    [Theory]
    [InlineData("hall", "hall")]
    [InlineData("", "")]
    [InlineData(null, null)]
    [InlineData("a\u001b[2Jb\nc", "a [2Jb c")]
    [InlineData("12345678", "12345678")]
    [InlineData("123456789", "12345678…")]
    public void It_is_short_and_on_one_line(string? text, string? clipped) => Assert.Equal(clipped, ForeignText.Clip(text, 8));
}
