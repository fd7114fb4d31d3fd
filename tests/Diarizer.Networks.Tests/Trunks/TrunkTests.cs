using System.Text.Json;
using Diarizer.Features;
using Diarizer.Networks.Models;
using Diarizer.Networks.Trunks;
using TorchSharp;
using static TorchSharp.torch;

namespace Diarizer.Networks.Tests.Trunks;

/// <summary>What holds for every network that embeds speakers.</summary>
public sealed class TrunkTests
{
    public static TheoryData<string> Names => [.. NetworkRegistry.Names(ModelKind.SpeakerEmbedding)];

    public static TheoryData<string> MixedNames => [.. NetworkRegistry.Names(ModelKind.SpeakerEmbedding).Where(IsMixed)];

    [Fact]
    public void All_networks_can_be_named() => Assert.Equal(
        ["deep-speaker-gru", "deep-speaker-rescnn", "deep-speaker-simple-cnn", "ecapa-tdnn", "fast-resnet-34", "half-resnet-34", "rescnn-cbam", "resnet-34", "siamese-blstm", "tdnn", "tdnn-s", "thin-resnet-34", "vgg-m-40"],
        NetworkRegistry.Names(ModelKind.SpeakerEmbedding).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Names))]
    public void Features_of_any_length_become_one_embedding_each(string name)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using var network = Create(name);
        network.eval();
        var trunk = (ISpeakerTrunk)network;
        Assert.Equal(name, trunk.Name);
        foreach (int frames in (ReadOnlySpan<int>)[trunk.MinimumFrames, 75, 98])
        {
            var embeddings = network.call(randn(2, trunk.InputBins, frames));
            Assert.Equal([2, trunk.OutputSize], embeddings.shape);
            var values = TestSignals.Values(embeddings);
            Assert.All(values, value => Assert.True(float.IsFinite(value)));
            Assert.NotEqual(values[..trunk.OutputSize], values[trunk.OutputSize..]);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void In_evaluation_an_embedding_does_not_depend_on_its_neighbours(string name)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using var network = TestSignals.Shaken(Create(name));
        network.eval();
        var trunk = (ISpeakerTrunk)network;
        var both = randn(2, trunk.InputBins, 70);
        var (alone, together) = (network.call(both[1..2]), network.call(both)[1..2]);
        Assert.InRange((alone - together).norm().item<float>() / together.norm().item<float>(), 0, 1e-4);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_gradient_reaches_every_parameter(string name)
    {
        using var scope = NewDisposeScope();
        manual_seed(5);
        using var network = Create(name);
        var trunk = (ISpeakerTrunk)network;
        var embeddings = network.call(randn(3, trunk.InputBins, 70));
        (embeddings * randn(3, trunk.OutputSize)).sum().backward();
        foreach (var (parameterName, parameter) in network.named_parameters())
        {
            // The dense layers of a siamese branch come after its embedding.
            if (name == "siamese-blstm" && !parameterName.StartsWith("blstm", StringComparison.Ordinal))
                continue;
            Assert.False(parameter.grad is null, parameterName);
            double size = parameter.grad!.abs().sum().item<float>();
            Assert.True(double.IsFinite(size), parameterName);
            // The few hidden units of a gate may all be at rest in an untrained network.
            Assert.True(size > 0 || parameterName.Contains(".se.fc.", StringComparison.Ordinal), parameterName);
        }
    }

    [Fact]
    public void Some_trunks_compute_in_16_bits() => Assert.Equal(
        ["deep-speaker-rescnn", "deep-speaker-simple-cnn", "fast-resnet-34", "half-resnet-34", "rescnn-cbam", "resnet-34", "thin-resnet-34"], MixedNames.Select(row => row.Data).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(MixedNames))]
    public void A_16_bit_trunk_embeds_like_a_32_bit_one_and_learns_in_32_bits(string name)
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        using var network = Create(name);
        network.eval();
        var trunk = (IMixedPrecisionTrunk)network;
        var input = randn(4, trunk.InputBins, 80);
        var exact = network.call(input);
        trunk.TrunkType = ScalarType.BFloat16;
        Assert.Equal(ScalarType.BFloat16, trunk.TrunkType);
        var rounded = network.call(input);
        Assert.Equal(ScalarType.Float32, rounded.dtype);
        double difference = (exact - rounded).norm().item<float>() / exact.norm().item<float>();
        Assert.InRange(difference, 1e-6, 0.1);

        network.train();
        (network.call(input) * randn(4, trunk.OutputSize)).sum().backward();
        Assert.All(network.parameters(), p => Assert.True(p.grad is { } gradient && gradient.dtype == ScalarType.Float32));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_seed_fixes_the_first_weights(string name)
    {
        float[] Draw()
        {
            manual_seed(7);
            using var network = Create(name);
            return TestSignals.Values(network.parameters().Last(p => p.dim() > 1));
        }
        Assert.Equal(Draw(), Draw());
    }

    [Theory]
    [InlineData("thin-resnet-34", """{"outputSize": 64, "pooling": "AttentiveStatistics"}""", 257, 64)]
    [InlineData("vgg-m-40", """{"outputSize": 64}""", 40, 64)]
    [InlineData("deep-speaker-simple-cnn", """{"outputSize": 32, "bottleneck": true}""", 64, 32)]
    [InlineData("rescnn-cbam", """{"width": 16, "inputBins": 80}""", 80, 256)]
    [InlineData("tdnn-s", """{"inputBins": 40, "segmentSize": 128}""", 40, 256)]
    [InlineData("ecapa-tdnn", """{"channels": 512}""", 80, 192)]
    [InlineData("siamese-blstm", """{"embedding": "FirstDense"}""", 128, 1_024)]
    public void A_card_shapes_its_network(string name, string options, int bins, int size)
    {
        using var network = Create(name, options, bins);
        Assert.Equal((bins, size), (((ISpeakerTrunk)network).InputBins, ((ISpeakerTrunk)network).OutputSize));
    }

    [Theory]
    [InlineData("thin-resnet-34", """{"blocks": [3, 4]}""", "The thin-resnet-34 option Blocks is [3, 4]; it must be 4 numbers of 1 to 64.")]
    [InlineData("vgg-m-40", """{"inputBins": 8}""", "The vgg-m-40 option InputBins is 8; it must be 16 to 512.")]
    [InlineData("deep-speaker-rescnn", """{"channels": []}""", "The deep-speaker-rescnn option Channels is []; it must be 1 to 6 numbers of 8 to 1,024.")]
    [InlineData("deep-speaker-simple-cnn", """{"blocks": 99}""", "The deep-speaker-simple-cnn option Blocks is 99; it must be 0 to 16.")]
    [InlineData("deep-speaker-gru", """{"layers": 0}""", "The deep-speaker-gru option Layers is 0; it must be 1 to 5.")]
    [InlineData("siamese-blstm", """{"recurrentDropout": 1}""", "The siamese-blstm option RecurrentDropout is 1; it must be 0 to 0.9.")]
    [InlineData("rescnn-cbam", """{"dropout": -1}""", "The rescnn-cbam option Dropout is -1; it must be 0 to 0.9.")]
    [InlineData("tdnn-s", """{"channels": [512]}""", "The tdnn-s option Channels is [512]; it must be 5 numbers of 8 to 4,096.")]
    [InlineData("ecapa-tdnn", """{"channels": 500}""", "The ecapa-tdnn option Channels is 500; it must be 16 to 4,096 and a multiple of 8.")]
    public void A_value_out_of_bounds_is_named(string name, string options, string message) =>
        Assert.Equal(message, Assert.Throws<UserErrorException>(() => Create(name, options)).Message);

    [Fact]
    public void A_card_with_windows_too_short_for_its_network_is_refused()
    {
        var card = Card("vgg-m-40", null, 40) with { MinimumSamples = 8_000 };
        string message = Assert.Throws<UserErrorException>(() => NetworkRegistry.Create(card, "x.json")).Message;
        Assert.Equal("The model x.json allows windows of 8000 samples but the network needs 10320; raise its shortest window.", message);
    }

    [Fact]
    public void A_spectrogram_of_another_size_is_refused()
    {
        var card = Card("thin-resnet-34", null, 161);
        string message = Assert.Throws<UserErrorException>(() => NetworkRegistry.Create(card, "x.json")).Message;
        Assert.Equal("The model x.json gives the front end 161 spectrogram bins but the network takes 257; make them equal.", message);
    }

    private static bool IsMixed(string name)
    {
        using var network = Create(name);
        return network is IMixedPrecisionTrunk;
    }

    private static nn.Module<Tensor, Tensor> Create(string name, string? options = null, int? bins = null) =>
        NetworkRegistry.Create(Card(name, options, bins ?? DefaultBins(name)), "x.json");

    private static ModelCard Card(string name, string? options, int bins) => new()
    {
        Name = "x",
        Kind = ModelKind.SpeakerEmbedding,
        Network = name,
        NetworkOptions = options is null ? null : JsonDocument.Parse(options).RootElement,
        FrontEnd = new LogMelOptions { MelBins = bins is 161 or 257 ? 40 : bins },
        Spectrogram = bins is 161 or 257 ? new SpectrogramOptions { WindowLength = bins == 161 ? 320 : 400, DftSize = 2 * (bins - 1) } : null,
        MinimumSamples = 16_000,
    };

    private static int DefaultBins(string name) => name switch
    {
        "thin-resnet-34" => 257,
        "rescnn-cbam" or "tdnn" or "tdnn-s" => 161,
        "siamese-blstm" => 128,
        "ecapa-tdnn" or "resnet-34" => 80,
        "fast-resnet-34" or "vgg-m-40" => 40,
        _ => 64,
    };
}
