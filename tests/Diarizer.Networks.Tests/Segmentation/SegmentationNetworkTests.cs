using Diarizer.Networks.Segmentation;
using TorchSharp;
using static TorchSharp.torch;

namespace Diarizer.Networks.Tests.Segmentation;

public sealed class SegmentationNetworkTests
{
    internal static readonly SegmentationNetworkOptions Small = new() { Channels = [8, 8, 8], HiddenSize = 8, Layers = 1, Dense = 8 };

    [Theory]
    [InlineData(8, 4)]
    [InlineData(9, 6)]
    [InlineData(11, 6)]
    [InlineData(12, 6)]
    [InlineData(13, 8)]
    [InlineData(497, 250)]
    public void There_are_two_frames_for_every_four_begun(int frames, int outputs)
    {
        using var scope = NewDisposeScope();
        using var network = new SegmentationNetwork(Small);
        Assert.Equal([3, outputs, 7], network.call(randn(3, frames, 40)).shape);
        Assert.Equal(outputs, SegmentationNetwork.OutputFrames(frames));
    }

    [Fact]
    public void What_is_added_to_a_whole_band_does_not_matter()
    {
        using var scope = NewDisposeScope();
        using var network = Evaluated();
        var frames = randn(2, 50, 40);
        var louder = frames + randn(1, 1, 40) * 5;
        var (plain, given) = (TestSignals.Values(network.call(frames)), TestSignals.Values(network.call(louder)));
        for (int i = 0; i < plain.Length; i++)
            Assert.Equal(plain[i], given[i], 1e-4);
        Assert.NotEqual(plain, TestSignals.Values(network.call(frames * 2)));
    }

    [Fact]
    public void The_deviation_is_part_of_the_network()
    {
        using var scope = NewDisposeScope();
        using var network = Evaluated();
        var frames = randn(1, 24, 40);
        var expected = TestSignals.Values(network.call(frames));
        network.SetDeviation([.. Enumerable.Repeat(2f, 40)]);
        var given = TestSignals.Values(network.call(frames * 2));
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], given[i], 1e-4);
        Assert.Contains("feature_std", network.state_dict().Keys);
        Assert.DoesNotContain("feature_std", network.named_parameters().Select(p => p.name));
    }

    [Theory]
    [InlineData(40, 0f)]
    [InlineData(40, float.NaN)]
    [InlineData(39, 1f)]
    public void A_deviation_that_cannot_be_divided_by_is_refused(int bands, float last)
    {
        using var network = new SegmentationNetwork(Small);
        Assert.Throws<ArgumentException>(() => network.SetDeviation([.. Enumerable.Repeat(1f, bands - 1), last]));
    }

    [Fact]
    public void Both_directions_of_time_matter()
    {
        using var scope = NewDisposeScope();
        using var network = Evaluated();
        var frames = randn(1, 80, 40);
        var changed = frames.clone();
        changed[0, 40] += randn(40);
        var (before, after) = (TestSignals.Values(network.call(frames)), TestSignals.Values(network.call(changed)));
        Assert.NotEqual(before[..7], after[..7]);
        Assert.NotEqual(before[^7..], after[^7..]);
    }

    [Theory]
    [MemberData(nameof(OutOfBounds))]
    public void A_value_out_of_bounds_is_named(SegmentationNetworkOptions options, string sentence) =>
        Assert.StartsWith($"The conv-blstm-powerset option {sentence}", Assert.Throws<UserErrorException>(() => new SegmentationNetwork(options)).Message, StringComparison.Ordinal);

    public static TheoryData<SegmentationNetworkOptions, string> OutOfBounds => new()
    {
        { new() { Speakers = 5 }, "Speakers is 5; it must be 1 to 4." },
        { new() { Speakers = 2, Simultaneous = 3 }, "Simultaneous is 3; it must be 1 to 2." },
        { new() { Channels = [64, 96] }, "Channels is [64, 96]; it must be three numbers of 8 to 512." },
        { new() { Channels = null! }, "Channels is null" },
        { new() { Layers = 0 }, "Layers is 0" },
        { new() { Dropout = 1 }, "Dropout is 1; it must be 0 to 0.9." },
    };

    internal static SegmentationNetwork Evaluated()
    {
        manual_seed(4);
        var network = new SegmentationNetwork(Small);
        network.eval();
        return network;
    }
}
