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
    /// <summary>Frames of two seconds when the windows are centred and the ends padded, as in voxceleb_trainer.</summary>
    private const int TwoSeconds = 201;

    public static TheoryData<string, Func<nn.Module<Tensor, Tensor>>, int, string, string> Published => new()
    {
        // Chung et al. 2020, "In defence of metric learning", table 1.
        { "Fast ResNet-34", () => new FastResNet34(), TwoSeconds, "1.4", "0.45" },
        { "VGG-M-40", () => new VggM40(), TwoSeconds, "4.0", "0.53" },
        { "Thin ResNet-34", () => new ThinResNet34(), TwoSeconds, "1.4", "0.99" },
        // Parameters: Desplanques et al. 2020, table 2. Multiply-adds are not published there: those of 200 frames are kept so that a change is noticed.
        { "ECAPA-TDNN, 1,024 channels", () => new EcapaTdnn(), 200, "14.7", "2.65" },
        // WeSpeaker's table for VoxCeleb, examples/voxceleb/v2: 200 frames. It has 4.55 for ResNet-34, whose normalisations it counts.
        { "ResNet-34 of WeSpeaker", () => new ResNet34(), 200, "6.6", "4.53" },
        { "ECAPA-TDNN of WeSpeaker", () => new EcapaTdnn(new EcapaTdnnOptions { Channels = 512, Variant = EcapaVariant.WeSpeaker, NormaliseOutput = false }), 200, "6.2", "1.04" },
        { "ECAPA-TDNN, 512 channels", () => new EcapaTdnn(new EcapaTdnnOptions { Channels = 512 }), 200, "6.2", "1.04" },
    };

    [Theory]
    [MemberData(nameof(Published), DisableDiscoveryEnumeration = true)]
    public void Costs_are_the_published_ones(string name, Func<nn.Module<Tensor, Tensor>> create, int frames, string millions, string gigas)
    {
        using var network = create();
        var cost = NetworkCost.Of(network, ((ISpeakerTrunk)network).InputBins, frames);
        Assert.Equal((name, millions, gigas), (name, $"{cost.Parameters / 1e6:F1}", $"{cost.MultiplyAdds / 1e9:F2}"));
    }

    /// <summary>Counts by reference/make_trunk_reference.py and make_import_reference.py; Deep Speaker's report says 24 M and 7 M.</summary>
    public static TheoryData<Func<nn.Module<Tensor, Tensor>>, long> Counted => new()
    {
        { () => new DeepSpeakerCnn(), 24_165_568 },
        { () => new DeepSpeakerCnn(new SimpleCnnOptions()), 6_725_824 },
        { () => new DeepSpeakerCnn(new SimpleCnnOptions { Bottleneck = true }), 4_922_176 },
        { () => new DeepSpeakerGru(), 22_573_248 },
        { () => new SiameseBranch(), 3_583_616 },
        { () => new HalfResNet34(), 8_028_492 },
        { () => new ResNet34(), 6_634_336 },
        { () => new ResNet34(new ResNet34Options { SecondLayer = true }), 6_700_128 },
        { () => new EcapaTdnn(new EcapaTdnnOptions { Variant = EcapaVariant.SpeechBrain, PooledChannels = 3_072, NormaliseOutput = false }), 20_767_552 },
        { () => new EcapaTdnn(new EcapaTdnnOptions { Variant = EcapaVariant.WeSpeaker, NormaliseOutput = false }), 14_657_088 },
        { () => new ResCnn(), 4_044_672 },
        { () => new ResCnn(new ResCnnOptions { Width = 32 }), 1_078_592 },
        { () => new ResCnn(new ResCnnOptions { Width = 16 }), 303_648 },
        { () => new Tdnn(), 4_695_188 },
        { () => new Tdnn(new NarrowTdnnOptions()), 1_786_624 },
    };

    [Theory]
    [MemberData(nameof(Counted), DisableDiscoveryEnumeration = true)]
    public void Parameters_are_those_of_the_reference(Func<nn.Module<Tensor, Tensor>> create, long parameters)
    {
        using var network = create();
        Assert.Equal(parameters, network.parameters().Sum(p => p.numel()));
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
