namespace Diarizer.Mqtt.Tests;

public class TopicsTests
{
    [Fact]
    public void Topics_are_those_of_the_contract()
    {
        var topics = new Topics("hall_2");
        var stream = topics.Stream("mic-a");
        Assert.Equal(["diarizer/hall_2/status", "diarizer/hall_2/info", "diarizer/hall_2/health"], [topics.Status, topics.Info, topics.Health]);
        Assert.Equal("diarizer/hall_2/streams/mic-a", stream.Base);
        Assert.Equal(["status", "speech", "state", "turns"], new[] { stream.Status, stream.Speech, stream.State, stream.Turns }.Select(t => t[(stream.Base.Length + 1)..]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Kitchen")]
    [InlineData("a/b")]
    [InlineData("a+")]
    [InlineData("#")]
    [InlineData("a b")]
    [InlineData("küche")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345")]
    public void Other_characters_are_refused_in_one_sentence(string name)
    {
        var e = Assert.Throws<UserErrorException>(() => new Topics("n").Stream(name));
        Assert.Contains($"\"{name}\"", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
    }
}
