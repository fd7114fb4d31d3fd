using Diarizer.Networks.Models;
using Diarizer.Networks.Trunks;
using Diarizer.Networks.Trunks.DeepSpeaker;
using Diarizer.Networks.Trunks.FrequencyTime;
using Diarizer.Networks.Trunks.Siamese;
using Diarizer.Networks.Trunks.TimeDelay;
using TorchSharp;
using static TorchSharp.torch;

namespace Diarizer.Networks.Tests.Models;

public sealed class NetworkCostTests
{
    /// <summary>Frames of two seconds in voxceleb_trainer, whose log-mel is padded at both ends.</summary>
    private const int TwoSeconds = 202;

    [Fact]
    public void Fast_resnet_34() => Check(new FastResNet34(), TwoSeconds, 1.4, 0.45);

    [Fact]
    public void Vgg_m_40() => Check(new VggM40(), TwoSeconds, 4.0, 0.53);

    [Fact]
    public void Thin_resnet_34() => Check(new ThinResNet34(), TwoSeconds, 1.4, 0.99);

    [Fact]
    public void Deep_speaker_rescnn() => Check(new DeepSpeakerCnn(), 160, 24, null);

    [Fact]
    public void Deep_speaker_simple_cnn() => Check(new DeepSpeakerCnn(new SimpleCnnOptions()), 160, 7, null);

    [Fact]
    public void Deep_speaker_gru() => Check(new DeepSpeakerGru(), 160, 23, null);

    [Fact]
    public void Ecapa_tdnn_1024() => Check(new EcapaTdnn(), 200, 14.7, 2.65);

    [Fact]
    public void Ecapa_tdnn_512() => Check(new EcapaTdnn(new EcapaTdnnOptions { Channels = 512 }), 200, 6.2, 1.04);

    [Fact]
    public void Networks_without_published_figures()
    {
        foreach (var network in (nn.Module<Tensor, Tensor>[])
            [new ResCnn(), new ResCnn(new ResCnnOptions { Width = 32 }), new ResCnn(new ResCnnOptions { Width = 16 }), new Tdnn(), new Tdnn(new NarrowTdnnOptions()), new SiameseBranch(), new DeepSpeakerCnn(new SimpleCnnOptions { Bottleneck = true })])
        {
            Console.WriteLine(((ISpeakerTrunk)network).Name + NetworkCost.Of(network, ((ISpeakerTrunk)network).InputBins, 200));
            network.Dispose();
        }
    }

    [Fact]
    public void Layers_count_as_by_hand()
    {
        using var convolution = new Stack(nn.Conv1d(6, 10, 3, stride: 2, groups: 2));
        Assert.Equal(new NetworkCost(10 * 3 * 3 + 10, 9 * 10 * 3 * 3, 20), NetworkCost.Of(convolution, 6, 20));
        using var linear = new Stack(nn.Linear(20, 5));
        Assert.Equal(new NetworkCost(105, 6 * 20 * 5, 20), NetworkCost.Of(linear, 6, 20));
    }

    [Fact]
    public void Recurrent_layers_count_every_frame_in_both_directions()
    {
        using var gru = new DeepSpeakerGru(new DeepSpeakerGruOptions { InputBins = 16, Channels = 8, HiddenSize = 16, Layers = 1, OutputSize = 8 });
        // The convolution gives 8 rows of 10 frames, 8 channels each.
        Assert.Equal(8 * 10 * 8 * 25 + 10 * 3 * 16 * (64 + 16) + 16 * 8, NetworkCost.Of(gru, 16, 20).MultiplyAdds);
        using var blstm = new SiameseBranch(new SiameseBranchOptions { InputBins = 16, HiddenSize = 8, Dense = [8] });
        Assert.Equal(20 * 2 * 4 * 8 * (16 + 8) + 20 * 2 * 4 * 8 * (16 + 8), NetworkCost.Of(blstm, 16, 20).MultiplyAdds);
    }

    [Fact]
    public void Counting_changes_nothing()
    {
        using var scope = NewDisposeScope();
        using var network = new FastResNet34(new FastResNet34Options { OutputSize = 16 }) { TrunkType = ScalarType.BFloat16 };
        var before = NetworkCost.Of(network, 40, 50);
        Assert.True(network.training);
        Assert.Equal(ScalarType.BFloat16, network.TrunkType);
        network.call(randn(1, 40, 50));
        Assert.Equal(before, NetworkCost.Of(network, 40, 50));
    }

    private static void Check<T>(T network, int frames, double millions, double? gigas)
        where T : nn.Module<Tensor, Tensor>, ISpeakerTrunk
    {
        using (network)
        {
            var cost = NetworkCost.Of(network, network.InputBins, frames);
            Console.WriteLine(network.Name + cost);
            Assert.InRange(cost.Parameters / (millions * 1e6), 0.95, 1.05);
            if (gigas is { } published)
                Assert.InRange(cost.MultiplyAdds / (published * 1e9), 0.97, 1.03);
        }
    }

    private sealed class Stack : nn.Module<Tensor, Tensor>
    {
        private readonly nn.Module<Tensor, Tensor> layer;

        public Stack(nn.Module<Tensor, Tensor> layer)
            : base(nameof(Stack))
        {
            this.layer = layer;
            RegisterComponents();
        }

        public override Tensor forward(Tensor input) => layer.call(input);
    }
}
