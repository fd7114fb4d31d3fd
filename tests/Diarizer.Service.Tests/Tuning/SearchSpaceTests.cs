using Diarizer.Service.Tuning;
using Diarizer.Streaming;

namespace Diarizer.Service.Tests.Tuning;

public class SearchSpaceTests
{
    [Fact]
    public void The_space_that_ships_names_options_that_exist_and_stays_within_their_bounds() => Assert.NotEmpty(SearchSpace.Default().Parameters);

    [Fact]
    public void Values_stay_in_range_on_scale_and_in_steps()
    {
        var space = SearchSpace.Parse("""
            { "Turns:MergeGap": { "low": 0.2, "high": 1, "step": 0.2 }, "Corrections:EvidenceScale": { "low": 0.001, "high": 1, "scale": "log" }, "Speakers:Maximum": { "low": 3, "high": 5 } }
            """, "test");
        var random = new Random(1);
        var gaps = Enumerable.Range(0, 200).Select(_ => space.Parameters[0].Draw(random)).Distinct().Order();
        Assert.Equal([0.2, 0.4, 0.6, 0.8, 1], gaps);
        var scales = Enumerable.Range(0, 1000).Select(_ => space.Parameters[1].Draw(random)).Order().ToList();
        Assert.InRange(scales[500], 0.02, 0.05);
        Assert.All(scales, s => Assert.InRange(s, 0.001, 1));
        Assert.Equal([3, 4, 5], Enumerable.Range(0, 100).Select(_ => space.Parameters[2].Near(4, 0.1, random)).Append(4).Distinct().Order());
    }

    [Fact]
    public void Without_a_range_an_option_is_searched_within_its_own_bounds()
    {
        var parameter = Assert.Single(SearchSpace.Parse("""{ "Turns:MergeGap": {} }""", "test").Parameters);
        Assert.Equal(PipelineOptions.Bounds["Turns:MergeGap"], new OptionBounds(parameter.Low, parameter.High));
    }

    [Theory]
    [InlineData("""{ "Turns:MergeGap": { "low": -1, "high": 1 } }""", "within 0 to 5")]
    [InlineData("""{ "Turns:MergeGap": { "low": 1, "high": 1 } }""", "within 0 to 5")]
    [InlineData("""{ "Turns:MergeGap": { "lo": 1 } }""", "did you mean low?")]
    [InlineData("""{ "Turns:MergeGap": { "scale": "log" } }""", "log scale")]
    [InlineData("""{ "Turns:MergeGap": { "scale": "square" } }""", "linear or log")]
    [InlineData("""{ "Turns:MergeGap": {}, "turns:mergegap": {} }""", "twice")]
    [InlineData("{}", "names no option")]
    [InlineData("[1", "not a search space")]
    [InlineData("""{ "Turns:MergeGap": { "low": "few" } }""", "not a search space")]
    public void A_space_that_cannot_be_searched_is_refused(string json, string part) =>
        Assert.Contains(part, Assert.Throws<UserErrorException>(() => SearchSpace.Parse(json, "test")).Message, StringComparison.Ordinal);
}
