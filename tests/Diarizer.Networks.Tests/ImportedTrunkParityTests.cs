using Diarizer.Networks.Trunks;
using Diarizer.Networks.Trunks.TimeDelay;
using TorchSharp;
using static TorchSharp.torch;

namespace Diarizer.Networks.Tests;

/// <summary>Figures printed by reference/make_import_reference.py, which writes the networks in PyTorch and fills them with the same waves.</summary>
public sealed class ImportedTrunkParityTests
{
    private static readonly HalfResNet34Options Half = new() { MelBins = 40, Channels = [8, 16, 24, 32], AttentionSize = 16, OutputSize = 24 };

    private static readonly ResNet34Options Plain = new() { MelBins = 40, Channels = [8, 16, 24, 32], OutputSize = 24 };

    private static readonly EcapaTdnnOptions Ecapa = new() { Channels = 64, AttentionSize = 32, NormaliseOutput = false };

    [Fact]
    public void Half_resnet_34()
    {
        Check(new HalfResNet34(Half with { Pooling = PoolingKind.SelfAttentive }), 45, -4.075647f, 1.534234f, 2.036855f, -4.496189f, 4.522518f, -2.520682f);
        Check(new HalfResNet34(Half), 45, -1.353445f, 0.428272f, 1.552633f, -0.056693f, -1.624280f, -0.418768f);
    }

    [Fact]
    public void Resnet_34()
    {
        Check(new ResNet34(Plain), 45, -1.489905f, -5.436923f, 0.170477f, 5.387768f, 1.009286f, -5.083381f);
        Check(new ResNet34(Plain with { SecondLayer = true }), 45, 0.384613f, 7.144846f, 3.428349f, -5.246854f, -6.105177f, 2.069553f);
    }

    [Fact]
    public void Ecapa_tdnn_of_speechbrain() => Check(
        new EcapaTdnn(Ecapa with { Variant = EcapaVariant.SpeechBrain }), 40, 1.848846f, -4.395087f, 5.928828f, -6.727008f, 6.049824f, -4.354565f);

    [Fact]
    public void Ecapa_tdnn_of_wespeaker()
    {
        Check(new EcapaTdnn(Ecapa with { Variant = EcapaVariant.WeSpeaker }), 40, -1.847553f, -1.117399f, 4.155928f, -6.367491f, 7.281078f, -7.197299f);
        Check(
            new EcapaTdnn(Ecapa with { Variant = EcapaVariant.WeSpeaker, GlobalContext = false, NormaliseOutput = true }),
            40,
            6.961589f, -5.670642f, 3.692211f, -1.182187f, -1.916325f, 6.445508f);
    }

    /// <summary>Compares the first values of the second example's embedding.</summary>
    private static void Check<T>(T network, int frames, params float[] expected)
        where T : nn.Module<Tensor, Tensor>, ISpeakerTrunk
    {
        using var scope = NewDisposeScope();
        using (ReferenceSignals.Filled(network))
        {
            var given = TestSignals.Values(network.call(ReferenceSignals.Features(network.InputBins, frames)))[network.OutputSize..];
            for (int i = 0; i < expected.Length; i++)
                Assert.Equal(expected[i], given[i], 2e-3);
        }
    }
}
