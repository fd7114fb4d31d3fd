namespace Diarizer.Features.Tests;

public sealed class LogMelOptionsTests
{
    public static TheoryData<LogMelOptions, string> Absurd => new()
    {
        { new() { SampleRate = 0 }, "SampleRate" },
        { new() { WindowLength = 513 }, "WindowLength" },
        { new() { Hop = 0 }, "Hop" },
        { new() { Hop = 401 }, "Hop" },
        { new() { DftSize = 511 }, "DftSize" },
        { new() { DftSize = 448 }, "DftSize" },
        { new() { DftSize = 1 << 20 }, "DftSize" },
        { new() { MelBins = 3 }, "MelBins" },
        { new() { LowestHertz = 7_600 }, "LowestHertz" },
        { new() { HighestHertz = 8_001 }, "HighestHertz" },
        { new() { PreEmphasis = float.NaN }, "PreEmphasis" },
        { new() { Floor = 0 }, "Floor" },
        { new() { Window = (WindowShape)9 }, "Window" },
        { new() { Edges = (FrameEdges)9 }, "Edges" },
        { new() { Filters = (FilterShape)9 }, "Filters" },
        { new() { DynamicRange = -1 }, "DynamicRange" },
    };

    [Theory]
    [MemberData(nameof(Absurd), DisableDiscoveryEnumeration = true)]
    public void A_value_out_of_bounds_is_named(LogMelOptions options, string name)
    {
        string message = Assert.Throws<UserErrorException>(() => new LogMel(options)).Message;
        Assert.StartsWith($"The front end option {name} is ", message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_defaults_are_valid() => Assert.Equal(40, new LogMel().Bins);
}
