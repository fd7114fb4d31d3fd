using Diarizer.Service.Tuning;
using Diarizer.Streaming;

namespace Diarizer.Service.Tests.Tuning;

public class OptionPathTests
{
    [Fact]
    public void An_option_is_read_and_changed_by_its_name_and_the_rest_stays()
    {
        var path = OptionPath.Parse("turns:mergegap");
        var start = new PipelineOptions { Speakers = new() { Maximum = 7 } };
        var changed = path.With(start, 1.25);
        Assert.Equal("Turns:MergeGap", path.Name);
        Assert.Equal(1.25, path.Get(changed));
        Assert.Equal(start with { Turns = start.Turns with { MergeGap = 1.25 } }, changed);
        Assert.NotEqual(1.25, start.Turns.MergeGap);
    }

    [Theory]
    [InlineData("Speakers:Maximum", 12, "12")]
    [InlineData("Corrections:AtEnd", 0, "False")]
    [InlineData("Corrections:Confidence", 0.5, "0.5")]
    public void Whole_numbers_switches_and_single_precision_are_options_too(string name, double value, string written)
    {
        var path = OptionPath.Parse(name);
        Assert.Equal(value, path.Get(path.With(new PipelineOptions(), value)));
        Assert.Equal(written, FormattableString.Invariant($"{path.ToConfiguration(value)}"));
    }

    [Theory]
    [InlineData("Turns:MergeGapp", "did you mean Turns:MergeGap?")]
    [InlineData("Turn:MergeGap", "did you mean Turns?")]
    [InlineData("Turns", "no number")]
    public void What_is_no_option_is_refused_with_advice(string name, string advice) =>
        Assert.Contains(advice, Assert.Throws<UserErrorException>(() => OptionPath.Parse(name)).Message, StringComparison.Ordinal);

    [Fact]
    public void Every_option_with_bounds_can_be_searched() => Assert.Subset(OptionPath.All().Select(p => p.Name).ToHashSet(), PipelineOptions.Bounds.Keys.ToHashSet());
}
