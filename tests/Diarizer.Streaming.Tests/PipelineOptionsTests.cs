using Diarizer.Streaming.Embeddings;

namespace Diarizer.Streaming.Tests;

public class PipelineOptionsTests
{
    [Fact]
    public void The_defaults_are_valid() => Assert.Empty(new PipelineOptions().Validate());

    [Fact]
    public void Every_fault_is_named_with_its_bounds()
    {
        var options = new PipelineOptions
        {
            VoiceActivity = new() { OnThreshold = 0.3, OffThreshold = 0.6 },
            Windows = new WindowOptions { Length = double.NaN },
            Speakers = new() { Maximum = 0 },
            Turns = new() { DecideAfter = 99 },
        };
        var messages = options.Validate();
        Assert.Contains(messages, m => m.Contains("VoiceActivity:OffThreshold is 0.6", StringComparison.Ordinal));
        Assert.Contains(messages, m => m.StartsWith("Windows:Length is NaN", StringComparison.Ordinal));
        Assert.Contains("Speakers:Maximum is 0; give a value from 1 to 200.", messages);
        Assert.Contains(messages, m => m.StartsWith("Turns:DecideAfter is 99", StringComparison.Ordinal));
    }

    [Fact]
    public void Bounds_are_told_by_the_path_of_the_option()
    {
        Assert.Equal(new OptionBounds(1, 200), PipelineOptions.Bounds["Speakers:Maximum"]);
        Assert.Equal(new OptionBounds(-4, 4), PipelineOptions.Bounds["Turns:UnmatchedScore"]);
    }
}
