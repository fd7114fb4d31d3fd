using Diarizer.Networks.Trunks.FrequencyTime;
using Diarizer.Networks.Trunks.TimeDelay;
using TorchSharp;
using static TorchSharp.torch;

namespace Diarizer.Networks.Tests.Trunks;

/// <summary>ResCNN, TDNN and ECAPA-TDNN.</summary>
public sealed class FrequencyAttentionNetworkTests
{
    [Fact]
    public void Parameters_of_a_rescnn_carry_the_published_names()
    {
        using var network = new ResCnn(new ResCnnOptions { Width = 16 });
        var names = network.state_dict().Keys;
        foreach (string name in (string[])["conv1.bias", "bn1.running_var", "layer1.0.conv1.weight", "layer1.0.CBAM_layer.cov_t.weight", "layer3.0.CBAM_layer.cov_f.bias", "conv3.weight", "fc1.0.weight", "fc1.1.running_mean"])
            Assert.Contains(name, names);
        Assert.DoesNotContain("conv2.bias", names);
    }

    [Fact]
    public void Parameters_of_a_tdnn_carry_the_published_names()
    {
        using var network = new Tdnn(new NarrowTdnnOptions());
        foreach (string name in (string[])["frame1.kernel.weight", "frame5.bn.running_var", "segment6.0.weight", "segment6.2.bias", "segment7.2.running_mean"])
            Assert.Contains(name, network.state_dict().Keys);
    }

    [Fact]
    public void Parameters_of_an_ecapa_tdnn_carry_the_published_names()
    {
        using var network = new EcapaTdnn(new EcapaTdnnOptions { Channels = 64, AttentionSize = 256 });
        foreach (string name in (string[])
            ["conv1.bias", "bn1.weight", "layer1.conv1.weight", "layer1.convs.6.weight", "layer2.bns.0.running_var", "layer3.conv3.bias", "layer3.bn3.weight", "layer1.se.se.1.weight", "layer1.se.se.3.bias",
             "layer4.weight", "attention.0.weight", "attention.2.running_mean", "attention.4.bias", "bn5.weight", "fc6.weight", "bn6.num_batches_tracked"])
        {
            Assert.Contains(name, network.state_dict().Keys);
        }
        Assert.Equal([256, 4_608, 1], network.state_dict()["attention.0.weight"].shape);
    }

    [Fact]
    public void A_tdnn_needs_15_frames()
    {
        using var scope = NewDisposeScope();
        using var network = new Tdnn(new NarrowTdnnOptions());
        network.eval();
        Assert.ThrowsAny<Exception>(() => network.call(randn(1, 161, 14)));
        Assert.Equal([1, 256], network.call(randn(1, 161, network.MinimumFrames)).shape);
    }

    [Fact]
    public void A_gain_per_band_does_not_matter()
    {
        using var scope = NewDisposeScope();
        nn.Module<Tensor, Tensor>[] networks =
        [
            new ResCnn(new ResCnnOptions { Width = 16, InputBins = 40 }),
            new Tdnn(new NarrowTdnnOptions { InputBins = 40 }),
            new EcapaTdnn(new EcapaTdnnOptions { Channels = 64, InputBins = 40 }),
        ];
        var (input, gains) = (randn(1, 40, 60), randn(1, 40, 1) * 3);
        foreach (var network in networks)
        {
            network.eval();
            var (plain, shaped) = (network.call(input), network.call(input + gains));
            Assert.InRange((plain - shaped).norm().item<float>() / plain.norm().item<float>(), 0, 1e-3);
            network.Dispose();
        }
    }
}
