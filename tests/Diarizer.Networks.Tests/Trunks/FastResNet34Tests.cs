using Diarizer.Networks.Trunks;
using TorchSharp;
using static TorchSharp.torch;

namespace Diarizer.Networks.Tests.Trunks;

public sealed class FastResNet34Tests
{
    [Theory]
    [InlineData(PoolingKind.TemporalAverage, 512, false)]
    [InlineData(PoolingKind.SelfAttentive, 256, false)]
    [InlineData(PoolingKind.AttentiveStatistics, 192, false)]
    [InlineData(PoolingKind.SelfAttentive, 64, true)]
    [InlineData(PoolingKind.AttentiveStatistics, 256, true)]
    public void Log_mel_becomes_one_embedding_each(PoolingKind pooling, int size, bool keepFrequency)
    {
        using var scope = NewDisposeScope();
        using var network = new FastResNet34(new FastResNet34Options { Pooling = pooling, OutputSize = size, KeepFrequency = keepFrequency });
        foreach (int frames in (ReadOnlySpan<int>)[50, 98])
        {
            var embeddings = network.call(randn(2, 40, frames));
            Assert.Equal([2, size], embeddings.shape);
            Assert.All(TestSignals.Values(embeddings), value => Assert.True(float.IsFinite(value)));
        }
    }

    [Fact]
    public void Has_the_published_number_of_parameters()
    {
        using var network = new FastResNet34();
        Assert.Equal(1_437_078, network.parameters().Sum(p => p.numel()));
    }

    [Fact]
    public void Parameters_carry_the_published_names()
    {
        using var network = new FastResNet34();
        var names = network.state_dict().Keys;
        foreach (string name in (string[])["conv1.weight", "bn1.running_var", "layer1.0.conv1.weight", "layer2.0.downsample.1.bias", "layer4.2.se.fc.2.bias", "sap_linear.weight", "attention", "fc.bias"])
            Assert.Contains(name, names);
        Assert.DoesNotContain("layer1.0.downsample.0.weight", names);
    }

    [Fact]
    public void The_gradient_reaches_every_parameter()
    {
        using var scope = NewDisposeScope();
        using var network = new FastResNet34(new FastResNet34Options { OutputSize = 32 });
        var embeddings = network.call(randn(2, 40, 60));
        (embeddings * randn(2, 32)).sum().backward();
        foreach (var (name, parameter) in network.named_parameters())
        {
            Assert.False(parameter.grad is null, name);
            // The few hidden units of a gate may all be at rest in an untrained network.
            Assert.True(parameter.grad!.abs().sum().item<float>() > 0 || name.Contains(".se.fc.", StringComparison.Ordinal), name);
        }
    }

    [Fact]
    public void Loudness_of_the_recording_does_not_matter()
    {
        using var scope = NewDisposeScope();
        using var network = new FastResNet34(new FastResNet34Options { OutputSize = 32 });
        network.eval();
        var logMel = randn(1, 40, 80);
        var (quiet, loud) = (TestSignals.Values(network.call(logMel)), TestSignals.Values(network.call(logMel + 3)));
        for (int i = 0; i < quiet.Length; i++)
            Assert.Equal(quiet[i], loud[i], 1e-3);
    }

    [Fact]
    public void A_seed_fixes_the_first_weights()
    {
        float[] Draw()
        {
            manual_seed(7);
            using var network = new FastResNet34();
            return TestSignals.Values(network.state_dict()["layer3.2.conv1.weight"]);
        }
        Assert.Equal(Draw(), Draw());
    }

    public static TheoryData<FastResNet34Options, string> Absurd => new()
    {
        { new() { MelBins = 2 }, nameof(FastResNet34Options.MelBins) },
        { new() { Channels = [16, 32] }, nameof(FastResNet34Options.Channels) },
        { new() { Blocks = [3, 4, 6, 0] }, nameof(FastResNet34Options.Blocks) },
        { new() { SqueezeReduction = 17 }, nameof(FastResNet34Options.SqueezeReduction) },
        { new() { Pooling = (PoolingKind)9 }, nameof(FastResNet34Options.Pooling) },
        { new() { OutputSize = 0 }, nameof(FastResNet34Options.OutputSize) },
    };

    [Theory]
    [MemberData(nameof(Absurd), DisableDiscoveryEnumeration = true)]
    public void A_value_out_of_bounds_is_named(FastResNet34Options options, string name)
    {
        string message = Assert.Throws<UserErrorException>(() => new FastResNet34(options)).Message;
        Assert.StartsWith($"The fast-resnet-34 option {name} is ", message, StringComparison.Ordinal);
    }
}
