using Diarizer.Networks.Trunks.DeepSpeaker;
using TorchSharp;
using static TorchSharp.torch;

namespace Diarizer.Networks.Tests.Trunks;

public sealed class DeepSpeakerTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Embeddings_have_length_1_when_asked_for(bool unitLength)
    {
        using var scope = NewDisposeScope();
        nn.Module<Tensor, Tensor>[] networks =
        [
            new DeepSpeakerCnn(new DeepSpeakerCnnOptions { Channels = [8, 16], Blocks = 1, OutputSize = 24, UnitLength = unitLength }),
            new DeepSpeakerGru(new DeepSpeakerGruOptions { Channels = 8, HiddenSize = 16, OutputSize = 24, UnitLength = unitLength }),
        ];
        foreach (var network in networks)
        {
            var lengths = TestSignals.Values(network.call(randn(3, 64, 40)).norm(1));
            Assert.All(lengths, length => Assert.Equal(unitLength, Math.Abs(length - 1) < 1e-5));
            network.Dispose();
        }
    }

    [Fact]
    public void A_short_option_list_keeps_the_other_values_of_the_smaller_network()
    {
        using var network = new DeepSpeakerCnn(new SimpleCnnOptions { OutputSize = 64 });
        Assert.Equal("deep-speaker-simple-cnn", network.Name);
        Assert.DoesNotContain(network.state_dict().Keys, key => key.StartsWith("stages.3.", StringComparison.Ordinal));
    }

    [Fact]
    public void The_recurrent_network_learns_to_tell_two_voices_apart()
    {
        using var outer = NewDisposeScope();
        manual_seed(11);
        using var network = new DeepSpeakerGru(new DeepSpeakerGruOptions { Channels = 16, HiddenSize = 64, OutputSize = 16 });
        using var optimizer = optim.Adam(network.parameters(), 1e-3);
        // Two "voices": the same noise around two spectral shapes.
        var shapes = randn(2, 64, 1);
        double distance = 0;
        for (int step = 0; step < 40; step++)
        {
            using var scope = NewDisposeScope();
            var embeddings = network.call(cat([shapes[0..1].expand(4, 64, 30), shapes[1..2].expand(4, 64, 30)]) + randn(8, 64, 30) * 2);
            var similarity = embeddings.matmul(embeddings.transpose(0, 1));
            var same = (similarity[0..4, 0..4].mean() + similarity[4..8, 4..8].mean()) / 2;
            var different = similarity[0..4, 4..8].mean();
            optimizer.zero_grad();
            (different - same).backward();
            optimizer.step();
            distance = (same - different).item<float>();
        }
        Assert.InRange(distance, 1, 2.1);
    }
}
