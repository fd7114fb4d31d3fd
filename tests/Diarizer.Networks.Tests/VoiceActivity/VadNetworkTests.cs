using Diarizer.Networks.VoiceActivity;
using TorchSharp;
using static TorchSharp.torch;

namespace Diarizer.Networks.Tests.VoiceActivity;

public sealed class VadNetworkTests
{
    [Fact]
    public void Every_frame_gets_a_logit()
    {
        using var scope = NewDisposeScope();
        using var network = new VadNetwork();
        Assert.Equal([3, 70], network.call(randn(3, 70, 40)).shape);
        Assert.Equal([1, 1], network.call(randn(1, 1, 40)).shape);
    }

    [Fact]
    public void A_logit_sees_four_frames_ahead_and_no_more()
    {
        using var scope = NewDisposeScope();
        using var network = new VadNetwork();
        network.eval();
        var frames = randn(1, 30, 40);
        var changed = frames.clone();
        changed[0, 20] = ones(40);
        var (before, after) = (TestSignals.Values(network.call(frames)), TestSignals.Values(network.call(changed)));
        Assert.Equal(before[..16], after[..16]);
        Assert.NotEqual(before[16], after[16]);
    }

    [Fact]
    public void Normalisation_is_part_of_the_network()
    {
        using var scope = NewDisposeScope();
        using var plain = new VadNetwork();
        var frames = randn(1, 20, 40);
        var expected = TestSignals.Values(plain.call(frames));
        var mean = Enumerable.Repeat(-3f, 40).ToArray();
        var deviation = Enumerable.Repeat(2f, 40).ToArray();
        plain.SetNormalisation(mean, deviation);
        var given = TestSignals.Values(plain.call(frames * 2 - 3));
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], given[i], 1e-5);
        Assert.Contains("feature_mean", plain.state_dict().Keys);
        Assert.DoesNotContain("feature_mean", plain.named_parameters().Select(p => p.name));
        deviation[3] = 0;
        Assert.Throws<ArgumentException>(() => plain.SetNormalisation(mean, deviation));
    }

    [Fact]
    public void A_value_out_of_bounds_is_named() =>
        Assert.StartsWith("The conv-gru-vad option Layers is 0", Assert.Throws<UserErrorException>(() => new VadNetwork(new VadNetworkOptions { Layers = 0 })).Message, StringComparison.Ordinal);
}
