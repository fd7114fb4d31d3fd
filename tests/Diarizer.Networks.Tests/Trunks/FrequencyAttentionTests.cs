using Diarizer.Features;
using Diarizer.Networks.Models;
using Diarizer.Networks.Trunks;
using Diarizer.Networks.Trunks.DeepSpeaker;
using Diarizer.Networks.Trunks.FrequencyTime;
using Diarizer.Networks.Trunks.TimeDelay;
using TorchSharp;
using static TorchSharp.torch;

namespace Diarizer.Networks.Tests.Trunks;

/// <summary>The attention layer alone, and what it adds to networks; their outputs are in <see cref="TrunkParityTests"/>.</summary>
public sealed class FrequencyAttentionTests
{
    public static TheoryData<string> Networks => ["rescnn-cbam", "tdnn", "tdnn-s", "ecapa-tdnn", "fast-resnet-34", "thin-resnet-34"];

    [Fact]
    public void Bins_are_multiplied_with_the_sigmoid_of_their_weights()
    {
        using var scope = NewDisposeScope();
        using var layer = new FrequencyAttention(3);
        layer.SetWeights([0, 0.5f, 1]);
        // 1 / (1 + exp(1 - 2g)).
        Assert.Equal([0.268941f, 0.5f, 0.731059f], TestSignals.Values(layer.Gains()).Select(g => MathF.Round(g, 6)));
        var output = TestSignals.Values(layer.call(ones(2, 3, 4) * 2));
        Assert.Equal([0.537883f, 1, 1.462117f], new[] { output[0], output[4], output[23] }.Select(v => MathF.Round(v, 6)));
        Assert.Throws<ArgumentException>(() => layer.SetWeights([1, 2]));
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void The_layer_adds_two_parameters_that_learn_and_weights_that_do_not(string name)
    {
        using var scope = NewDisposeScope();
        using var plain = NetworkRegistry.Create(Card(name, attention: false), "x");
        using var network = NetworkRegistry.Create(Card(name, attention: true), "x");
        Assert.Equal(plain.parameters().Sum(p => p.numel()) + 2, network.parameters().Sum(p => p.numel()));
        Assert.Equal(["mask_layer.b", "mask_layer.g", "mask_layer.w"], network.state_dict().Keys.Except(plain.state_dict().Keys).Order(StringComparer.Ordinal));
        var trunk = (IFrequencyAttentive)network;
        trunk.Attention!.SetWeights([.. Enumerable.Range(0, trunk.InputBins).Select(k => k % 3 / 2f)]);
        network.call(randn(3, trunk.InputBins, 60)).pow(2).sum().backward();
        foreach (var (parameter, value) in trunk.Attention.named_parameters())
            Assert.True(value.grad!.abs().item<float>() > 0, parameter);
        Assert.False(network.state_dict()["mask_layer.g"].requires_grad);
        Assert.Null(((IFrequencyAttentive)plain).Attention);
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void The_weights_matter(string name)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using var network = NetworkRegistry.Create(Card(name, attention: true), "x");
        network.eval();
        var trunk = (IFrequencyAttentive)network;
        var input = randn(1, trunk.InputBins, 60);
        var before = network.call(input);
        trunk.Attention!.SetWeights([.. Enumerable.Range(0, trunk.InputBins).Select(k => k < trunk.InputBins / 2 ? 1 : 0f)]);
        var after = network.call(input);
        Assert.True((after - before).norm().item<float>() > 1e-3 * before.norm().item<float>());
    }

    [Fact]
    public void A_model_file_holds_weights_and_their_source()
    {
        using var folder = new TemporaryFolder();
        using var scope = NewDisposeScope();
        var card = Card("tdnn-s", attention: true);
        float[] weights = [.. Enumerable.Range(0, 161).Select(k => 1 - k / 200f)];
        using (var network = NetworkRegistry.Create(card, "x"))
        {
            ((IFrequencyAttentive)network).Attention!.SetWeights(weights);
            ModelFile.Save(folder.File("m.safetensors"), card, network);
        }
        var (loadedCard, loaded) = ModelFile.Load(folder.File("m.safetensors"), ModelKind.SpeakerEmbedding);
        using (loaded)
            Assert.Equal(weights, ((IFrequencyAttentive)loaded).Attention!.Weights());
        Assert.Equal(card.Attention, loadedCard.Attention);
    }

    [Theory]
    [InlineData(DeepSpeakerGru.NetworkName)]
    [InlineData(VggM40.NetworkName)]
    public void A_network_without_a_place_for_it_is_refused(string name) => Assert.Contains(
        $"the network {name} takes none; leave it out, or take rescnn-cbam",
        Assert.Throws<UserErrorException>(() => NetworkRegistry.Create(Card(name, attention: true), "x")).Message,
        StringComparison.Ordinal);

    private static ModelCard Card(string name, bool attention) => new()
    {
        Name = "x",
        Kind = ModelKind.SpeakerEmbedding,
        Network = name,
        FrontEnd = new LogMelOptions { MelBins = name switch { "ecapa-tdnn" => 80, "deep-speaker-gru" => 64, _ => 40 } },
        Spectrogram = name switch
        {
            "rescnn-cbam" or Tdnn.NetworkName or Tdnn.NarrowName => new SpectrogramOptions(),
            "thin-resnet-34" => new SpectrogramOptions { WindowLength = 400, DftSize = 512 },
            _ => null,
        },
        MinimumSamples = 16_000,
        Attention = attention ? new AttentionRecord { Source = "clean", Origin = "a teacher" } : null,
    };
}
