using System.Text.Json;
using Diarizer.Networks.Models;
using Diarizer.Networks.Onnx;
using Diarizer.Networks.Trunks;
using Diarizer.Networks.Trunks.DeepSpeaker;
using Diarizer.Networks.Trunks.FrequencyTime;
using Diarizer.Networks.Trunks.TimeDelay;
using TorchSharp;
using static TorchSharp.torch;

namespace Diarizer.Networks.Tests.Onnx;

/// <summary>Exports give the network's embeddings when their operators are run one by one; bench/onnx_parity.py has a runtime run them.</summary>
public sealed class OnnxFileTests
{
    private static readonly FastResNet34Options Fast = new() { Channels = [8, 8, 16, 16], Blocks = [1, 2, 1, 1], OutputSize = 24 };

    private static readonly EcapaTdnnOptions Ecapa = new() { Channels = 32, GateSize = 16, PooledChannels = 48, AttentionSize = 16, OutputSize = 24 };

    public static TheoryData<string, Func<nn.Module<Tensor, Tensor>>> Networks => new()
    {
        { "fast, SAP", () => new FastResNet34(Fast) },
        { "fast, ASP", () => new FastResNet34(Fast with { Pooling = PoolingKind.AttentiveStatistics, KeepFrequency = true }) },
        { "fast, TAP", () => new FastResNet34(Fast with { Pooling = PoolingKind.TemporalAverage }) },
        { "fast, attention", () => Attentive(new FastResNet34(Fast, frequencyAttention: true)) },
        { "thin", () => new ThinResNet34(new ThinResNet34Options { InputBins = 65, Channels = [8, 8, 16, 16], Blocks = [1, 1, 1, 1], OutputSize = 24 }) },
        { "half", () => new HalfResNet34(new HalfResNet34Options { MelBins = 40, Channels = [8, 8, 16, 16], Blocks = [1, 2, 1, 1], OutputSize = 24 }) },
        { "half, SAP", () => new HalfResNet34(new HalfResNet34Options { MelBins = 40, Channels = [8, 8, 16, 16], Blocks = [1, 1, 1, 1], Pooling = PoolingKind.SelfAttentive }) },
        { "plain", () => new ResNet34(new ResNet34Options { MelBins = 40, Channels = [8, 8, 16, 16], Blocks = [1, 2, 1, 1], OutputSize = 24 }) },
        { "plain, two layers", () => new ResNet34(new ResNet34Options { MelBins = 40, Channels = [8, 8, 16, 16], Blocks = [1, 1, 1, 1], SecondLayer = true }) },
        { "VGG", () => new VggM40(new VggM40Options { OutputSize = 24 }) },
        { "VGG, SAP", () => new VggM40(new VggM40Options { OutputSize = 24, Pooling = PoolingKind.SelfAttentive }) },
        { "ECAPA", () => new EcapaTdnn(Ecapa) },
        { "ECAPA, attention", () => Attentive(new EcapaTdnn(Ecapa, frequencyAttention: true)) },
        { "ECAPA, SpeechBrain", () => new EcapaTdnn(Ecapa with { Variant = EcapaVariant.SpeechBrain, NormaliseOutput = false }) },
        { "ECAPA, WeSpeaker", () => new EcapaTdnn(Ecapa with { Variant = EcapaVariant.WeSpeaker, NormaliseOutput = false }) },
        { "ECAPA, no context", () => new EcapaTdnn(Ecapa with { Variant = EcapaVariant.WeSpeaker, GlobalContext = false }) },
        { "TDNN", () => new Tdnn(new TdnnOptions { InputBins = 40, Channels = [16, 16, 16, 16, 24], SegmentSize = 16, OutputSize = 24 }) },
    };

    [Theory]
    [MemberData(nameof(Networks), DisableDiscoveryEnumeration = true)]
    public void An_export_embeds_as_its_network(string name, Func<nn.Module<Tensor, Tensor>> create)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        manual_seed(4);
        using var network = TestSignals.Shaken(create());
        network.eval();
        var trunk = (ISpeakerTrunk)network;
        var interpreter = new OnnxInterpreter(OnnxFile.Format(Card(name, trunk), network));
        foreach (int frames in (ReadOnlySpan<int>)[70, 101])
        {
            var features = randn(2, trunk.InputBins, frames);
            var (expected, given) = (network.call(features), interpreter.Run(features));
            Assert.Equal([2, trunk.OutputSize], given.shape);
            Assert.InRange((expected - given).abs().max().item<float>() / expected.abs().max().item<float>(), 0, 1e-5);
        }
    }

    [Fact]
    public void The_card_goes_along()
    {
        using var network = new FastResNet34(Fast);
        var card = Card("x", network);
        var properties = new OnnxInterpreter(OnnxFile.Format(card, network)).Properties;
        Assert.Equal("x", JsonDocument.Parse(properties["card"]).RootElement.GetProperty("name").GetString());
    }

    [Fact]
    public void A_network_without_export_is_named()
    {
        using var network = new DeepSpeakerGru(new DeepSpeakerGruOptions { Channels = 8, HiddenSize = 16 });
        string message = Assert.Throws<UserErrorException>(() => OnnxFile.Format(Card("x", network), network)).Message;
        Assert.StartsWith("There is no ONNX export of the network deep-speaker-gru; fast-resnet-34, ", message, StringComparison.Ordinal);
    }

    private static T Attentive<T>(T network)
        where T : IFrequencyAttentive
    {
        network.Attention!.SetWeights([.. Enumerable.Range(0, network.InputBins).Select(bin => bin / (float)network.InputBins)]);
        return network;
    }

    private static ModelCard Card(string name, ISpeakerTrunk trunk) => new() { Name = name, Kind = ModelKind.SpeakerEmbedding, Network = trunk.Name };
}
