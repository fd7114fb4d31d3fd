using Diarizer.Networks.Trunks.Siamese;
using TorchSharp;
using static TorchSharp.torch;

namespace Diarizer.Networks.Tests.Trunks;

public sealed class SiameseBranchTests
{
    private static readonly SiameseBranchOptions Small = new() { InputBins = 16, HiddenSize = 12, Dense = [20, 14, 10] };

    [Theory]
    [InlineData(SiameseLayer.Recurrent, 24)]
    [InlineData(SiameseLayer.FirstDense, 20)]
    [InlineData(SiameseLayer.Output, 10)]
    public void The_embedding_is_a_layer_of_choice(SiameseLayer layer, int size)
    {
        using var scope = NewDisposeScope();
        using var network = new SiameseBranch(Small with { Embedding = layer });
        Assert.Equal(size, network.OutputSize);
        Assert.Equal([3, size], network.call(randn(3, 16, 40)).shape);
        Assert.Equal([3, 10], network.TrainingOutput(randn(3, 16, 50)).shape);
        Assert.Equal(10, network.TrainingOutputSize);
    }

    [Fact]
    public void With_a_softmax_the_output_is_a_distribution_and_the_loss_sees_its_logits()
    {
        using var scope = NewDisposeScope();
        using var network = new SiameseBranch(Small with { Embedding = SiameseLayer.Output });
        network.eval();
        var input = randn(4, 16, 40);
        var output = network.call(input);
        Assert.InRange((network.TrainingOutput(input).softmax(1) - output).abs().max().item<float>(), 0, 1e-6f);
        Assert.All(TestSignals.Values(output), value => Assert.InRange(value, 0, 1));
        Assert.All(TestSignals.Values(output.sum(1)), sum => Assert.Equal(1, sum, 1e-5));
    }

    [Fact]
    public void Without_one_it_is_not_and_starts_as_rectified()
    {
        using var scope = NewDisposeScope();
        using var network = new SiameseBranch(Small with { Softmax = false });
        var values = TestSignals.Values(network.TrainingOutput(randn(4, 16, 40)));
        Assert.All(values, value => Assert.True(value >= 0));
        Assert.Contains(0f, values);
        Assert.Contains("prelu.2.weight", network.state_dict().Keys);
    }

    [Fact]
    public void The_gradient_of_the_distribution_reaches_every_parameter()
    {
        using var scope = NewDisposeScope();
        manual_seed(2);
        using var network = new SiameseBranch(Small);
        (network.TrainingOutput(randn(6, 16, 40)) * randn(6, 10)).sum().backward();
        Assert.All(network.named_parameters(), p => Assert.True(p.parameter.grad is { } gradient && gradient.abs().sum().item<float>() > 0, p.name));
    }

    [Fact]
    public void An_utterance_is_the_mean_of_its_segments()
    {
        using var scope = NewDisposeScope();
        using var network = new SiameseBranch(Small with { SegmentFrames = 20 });
        network.eval();
        var input = randn(2, 16, 67);
        var expected = (network.call(input.narrow(2, 0, 20)) + network.call(input.narrow(2, 20, 20)) + network.call(input.narrow(2, 40, 20))) / 3;
        Assert.InRange((network.call(input) - expected).abs().max().item<float>(), 0, 1e-5f);
    }

    [Fact]
    public void Dropout_acts_in_training_alone()
    {
        using var scope = NewDisposeScope();
        using var network = new SiameseBranch(Small);
        var input = randn(2, 16, 40);
        Assert.NotEqual(TestSignals.Values(network.call(input)), TestSignals.Values(network.call(input)));
        network.eval();
        Assert.Equal(TestSignals.Values(network.call(input)), TestSignals.Values(network.call(input)));
    }

    [Fact]
    public void Loudness_of_the_recording_does_not_matter()
    {
        using var scope = NewDisposeScope();
        using var network = new SiameseBranch(Small);
        network.eval();
        var input = randn(1, 16, 40);
        var (quiet, loud) = (network.call(input), network.call(input * 2 - 9));
        Assert.InRange((quiet - loud).abs().max().item<float>(), 0, 1e-4);
    }
}
