using Diarizer.Networks.Trunks;
using Diarizer.Networks.Trunks.DeepSpeaker;
using Diarizer.Networks.Trunks.FrequencyTime;
using Diarizer.Networks.Trunks.Siamese;
using Diarizer.Networks.Trunks.TimeDelay;
using TorchSharp;
using static TorchSharp.torch;

namespace Diarizer.Networks.Tests;

/// <summary>Figures printed by reference/make_trunk_reference.py, which writes the networks in PyTorch and fills them with the same waves.</summary>
public sealed class TrunkParityTests
{
    [Fact]
    public void Vgg_m_40() =>
        Check(new VggM40(new VggM40Options { OutputSize = 24 }), 80, 1e-3, 2.160977f, -2.424528f, 2.419718f, -1.601177f, 0.727569f, 0.363342f);

    [Fact]
    public void Thin_resnet_34() =>
        Check(new ThinResNet34(new ThinResNet34Options { OutputSize = 24 }), 40, 2e-3, 2.210932f, -4.153958f, -8.714303f, -9.489131f, -6.141380f, -0.124500f);

    [Fact]
    public void Deep_speaker_cnn() => Check(
        new DeepSpeakerCnn(new DeepSpeakerCnnOptions { Channels = [8, 16, 24], Blocks = 2, OutputSize = 24 }),
        37,
        1e-4,
        -0.144597f, 0.330382f, -0.028602f, -0.033199f, 0.281968f, -0.209631f);

    [Fact]
    public void Deep_speaker_cnn_with_bottlenecks() => Check(
        new DeepSpeakerCnn(new DeepSpeakerCnnOptions { Channels = [8, 16, 24], Blocks = 2, Bottleneck = true, OutputSize = 24 }),
        37,
        1e-4,
        0.262397f, -0.071841f, 0.020177f, 0.356993f, -0.150218f, -0.130280f);

    [Fact]
    public void Deep_speaker_gru() => Check(
        new DeepSpeakerGru(new DeepSpeakerGruOptions { Channels = 8, HiddenSize = 32, OutputSize = 24 }),
        37,
        1e-4,
        0.195217f, 0.219072f, -0.196511f, -0.046123f, 0.299561f, -0.030844f);

    [Fact]
    public void Siamese_branch()
    {
        var options = new SiameseBranchOptions { InputBins = 40, HiddenSize = 32, Dense = [48, 24, 16] };
        Check(new SiameseBranch(options), 50, 1e-5, -0.058117f, 0.140473f, 0.023145f, -0.033026f, 0.039570f, 0.168403f);
        Check(
            new SiameseBranch(options with { Embedding = SiameseLayer.Output }),
            50,
            1e-5,
            0.044043f, 0.066265f, 0.097839f, 0.076488f, 0.042516f, 0.037660f);
    }

    [Fact]
    public void Res_cnn() =>
        Check(new ResCnn(new ResCnnOptions { Width = 16, OutputSize = 24 }), 45, 1e-4, -0.102012f, -0.184026f, -0.129813f, 0.002522f, 0.132685f, 0.200478f);

    [Fact]
    public void Time_delay_network() => Check(
        new Tdnn(new TdnnOptions { InputBins = 40, Channels = [32, 32, 32, 32, 48], SegmentSize = 24, OutputSize = 24 }),
        30,
        1e-4,
        1.069783f, 0.799458f, 0.063029f, 0.101724f, 0.371921f, 2.091585f);

    [Fact]
    public void Ecapa_tdnn() => Check(
        new EcapaTdnn(new EcapaTdnnOptions { Channels = 64, AttentionSize = 32 }),
        40,
        2e-3,
        16.715719f, -14.458260f, 9.643815f, -4.652737f, -0.563119f, 4.757468f);

    [Fact]
    public void Res_cnn_with_attention() => CheckAttended(
        new ResCnn(new ResCnnOptions { Width = 16, OutputSize = 24 }, frequencyAttention: true),
        45,
        1e-4,
        -0.115319f, -0.171155f, -0.113214f, -0.002374f, 0.108521f, 0.194578f);

    [Fact]
    public void Time_delay_network_with_attention() => CheckAttended(
        new Tdnn(new TdnnOptions { InputBins = 40, Channels = [32, 32, 32, 32, 48], SegmentSize = 24, OutputSize = 24 }, frequencyAttention: true),
        30,
        1e-4,
        1.339205f, 1.465495f, -0.046147f, -0.091021f, -0.075245f, 0.739730f);

    [Fact]
    public void Ecapa_tdnn_with_attention() => CheckAttended(
        new EcapaTdnn(new EcapaTdnnOptions { Channels = 64, AttentionSize = 32 }, frequencyAttention: true),
        40,
        2e-3,
        15.629484f, -13.397638f, 8.809523f, -4.141809f, -0.734825f, 4.615175f);

    /// <summary>Compares the first values of the second example's embedding.</summary>
    private static void Check<T>(T network, int frames, double tolerance, params float[] expected)
        where T : nn.Module<Tensor, Tensor>, ISpeakerTrunk => Compare(ReferenceSignals.Filled(network), frames, tolerance, expected);

    /// <summary>The same with the attention layer's first w and b, and weights 1 / (1 + k / 8).</summary>
    private static void CheckAttended<T>(T network, int frames, double tolerance, params float[] expected)
        where T : nn.Module<Tensor, Tensor>, IFrequencyAttentive
    {
        ReferenceSignals.Filled(network);
        network.Attention!.SetWeights([.. Enumerable.Range(0, network.InputBins).Select(k => 1 / (1 + k / 8f))]);
        using (no_grad())
        {
            foreach (var (name, parameter) in network.Attention.named_parameters())
                parameter.fill_(name == "w" ? 2 : -1);
        }
        Compare(network, frames, tolerance, expected);
    }

    private static void Compare<T>(T network, int frames, double tolerance, float[] expected)
        where T : nn.Module<Tensor, Tensor>, ISpeakerTrunk
    {
        using var scope = NewDisposeScope();
        using (network)
        {
            var given = TestSignals.Values(network.call(ReferenceSignals.Features(network.InputBins, frames)))[network.OutputSize..];
            for (int i = 0; i < expected.Length; i++)
                Assert.Equal(expected[i], given[i], tolerance);
        }
    }
}
