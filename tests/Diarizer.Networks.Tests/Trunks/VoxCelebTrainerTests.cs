using Diarizer.Networks.Trunks;
using TorchSharp;
using static TorchSharp.torch;

namespace Diarizer.Networks.Tests.Trunks;

/// <summary>VGG-M-40 and Thin ResNet-34.</summary>
public sealed class VoxCelebTrainerTests
{
    [Theory]
    [InlineData(PoolingKind.TemporalAverage)]
    [InlineData(PoolingKind.SelfAttentive)]
    [InlineData(PoolingKind.AttentiveStatistics)]
    public void Pooling_is_a_choice(PoolingKind pooling)
    {
        using var scope = NewDisposeScope();
        using var vgg = new VggM40(new VggM40Options { Pooling = pooling, OutputSize = 32 });
        using var thin = new ThinResNet34(new ThinResNet34Options { Pooling = pooling, OutputSize = 32 });
        Assert.Equal([2, 32], vgg.call(randn(2, 40, 90)).shape);
        Assert.Equal([2, 32], thin.call(randn(2, 257, 40)).shape);
        Assert.Equal(pooling != PoolingKind.TemporalAverage, vgg.state_dict().ContainsKey("attention"));
        Assert.Equal(pooling != PoolingKind.TemporalAverage, thin.state_dict().ContainsKey("sap_linear.weight"));
    }

    [Fact]
    public void Parameters_carry_the_published_names()
    {
        using var vgg = new VggM40();
        using var thin = new ThinResNet34();
        Assert.Equal(
            ["fc.bias", "fc.weight", .. Layers(vgg)],
            vgg.state_dict().Keys.Where(key => !key.Contains("running", StringComparison.Ordinal) && !key.Contains("tracked", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        foreach (string name in (string[])["conv1.weight", "bn1.running_var", "layer1.0.conv1.weight", "layer4.0.downsample.1.bias", "layer4.2.se.fc.2.bias", "sap_linear.weight", "attention", "fc.bias"])
            Assert.Contains(name, thin.state_dict().Keys);

        static IEnumerable<string> Layers(VggM40 network)
        {
            int[] layers = [0, 1, 4, 5, 8, 9, 11, 12, 14, 15, 18, 19];
            return layers.SelectMany(i => (string[])[$"netcnn.{i}.bias", $"netcnn.{i}.weight"]).Order(StringComparer.Ordinal);
        }
    }

    [Fact]
    public void Vgg_needs_63_frames()
    {
        using var scope = NewDisposeScope();
        using var network = new VggM40();
        network.eval();
        Assert.Equal(63, network.MinimumFrames);
        Assert.ThrowsAny<Exception>(() => network.call(randn(1, 40, 62)));
        Assert.Equal([1, 1_024], network.call(randn(1, 40, 63)).shape);
    }

    [Fact]
    public void Loudness_of_the_recording_does_not_matter()
    {
        using var scope = NewDisposeScope();
        using var network = new ThinResNet34();
        network.eval();
        var spectrogram = randn(1, 257, 60);
        var (quiet, loud) = (network.call(spectrogram), network.call(spectrogram + 3));
        Assert.InRange((quiet - loud).norm().item<float>() / quiet.norm().item<float>(), 0, 1e-3);
    }

    [Fact]
    public void A_16_bit_trunk_embeds_like_a_32_bit_one_and_learns_in_32_bits()
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        using var network = new ThinResNet34(new ThinResNet34Options { OutputSize = 32 });
        var input = randn(3, 257, 50);
        var exact = network.call(input);
        network.TrunkType = ScalarType.BFloat16;
        var rounded = network.call(input);
        Assert.InRange((exact - rounded).norm().item<float>() / exact.norm().item<float>(), 1e-6, 0.1);
        (rounded * randn(3, 32)).sum().backward();
        Assert.All(network.parameters(), p => Assert.True(p.grad is { } gradient && gradient.dtype == ScalarType.Float32));
    }
}
