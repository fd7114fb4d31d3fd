using System.Runtime.InteropServices;
using Diarizer.Networks.Tests;
using Diarizer.Networks.Trunks.FrequencyTime;
using Diarizer.Training.Attention;
using Diarizer.Training.Losses;
using Diarizer.Training.Saliency;
using TorchSharp;
using static TorchSharp.torch;

namespace Diarizer.Training.Tests.Saliency;

/// <summary>Maps of a small ResCNN with a cosine classifier; figures printed by reference/saliency.py, which computes them in PyTorch.</summary>
public sealed class SaliencyParityTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly ResCnn _network = ReferenceSignals.Filled(new ResCnn(new ResCnnOptions { Width = 8, OutputSize = 24 }));
    private readonly MarginSoftmax _classifier = new(24, 5, angular: true, margin: 0.2, scale: 30, warmUp: 0);
    private readonly SpeakerScores _scores;
    private readonly SaliencyBatch _batch;

    public SaliencyParityTests()
    {
        using (no_grad())
            _classifier.parameters().Single().copy_(tensor([.. Enumerable.Range(0, 5 * 24).Select(i => (float)Math.Sin(i * 0.7310585 + 0.25))]).reshape(5, 24));
        _scores = SpeakerScores.Of(_network, _classifier);
        _batch = new SaliencyBatch(ReferenceSignals.Features(161, 45), tensor([1L, 3]), 0);
    }

    public void Dispose()
    {
        _network.Dispose();
        _classifier.Dispose();
        _scope.Dispose();
    }

    [Fact]
    public void ScoresAreTheLogitsOfTheTargets()
    {
        Close([-16.380766f, 24.756636f], Values(_scores.OfTargets(_batch.Features, _batch.Targets)));
        Close([-12.390368f, 23.817434f], Values(_scores.OfTargets(Baselines.Of(_batch.Features, Baseline.Mean), _batch.Targets)));
    }

    [Fact]
    public void Gradient() =>
        Check(new GradientSaliency(), [0.496948f, 0.795892f, 0.283383f, 0.0178238f, 0.0269739f], [4017.11f, 1755.13f]);

    [Fact]
    public void InputTimesGradient() =>
        Check(new InputTimesGradient(Baseline.Mean), [0.415327f, -0.598105f, 0.302488f, 0.00752949f, 0.032305f], [-5.08298f, -0.725752f]);

    [Fact]
    public void IntegratedGradients() =>
        Check(new IntegratedGradients(8, Baseline.Mean), [0.331736f, -0.236822f, 0.305811f, 0.00525309f, 0.0344405f], [-3.76178f, 0.332075f]);

    [Fact]
    public void GradCam() => Check(
        new GradCam(ConvolutionLayer.LastOf(_network)!), [0.0135168f, 0.0205337f, 0.0681197f, 0.0195259f, 0.0779252f], [496.296f, 544.007f]);

    [Fact]
    public void FrequencyWeights()
    {
        var mean = new GradientMean(161);
        // One by one and together must be the same, since in evaluation mode examples do not touch each other.
        for (int i = 0; i < 2; i++)
            mean.Add(_scores.Gradient(_batch.Features[i..(i + 1)], _batch.Targets[i..(i + 1)]));
        Close([0.381038f, 0.899839f, 0.571471f, 0.322366f, 0.506630f], [.. mean.Weights().Where((_, k) => k % 37 == 0)]);
        Assert.Equal(2, mean.Utterances);
        Assert.Equal(1, mean.Weights().Max());
    }

    private void Check(ISaliencyMethod method, float[] expected, float[] sums)
    {
        var map = method.Explain(_scores, _batch);
        Assert.Equal(_batch.Features.shape, map.shape);
        Assert.False(map.requires_grad);
        Close(expected, [.. Enumerable.Range(0, 5).Select(i => map[1, i * 37, 20].item<float>())]);
        Close(sums, Values(map.sum([1L, 2L])));
        Assert.All(_network.parameters(), parameter => Assert.Null(parameter.grad));
    }

    private static void Close(float[] expected, float[] given)
    {
        Assert.Equal(expected.Length, given.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], given[i], 2e-3 * (0.05 + Math.Abs(expected[i])));
    }

    private static float[] Values(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.detach().contiguous().bytes).ToArray();
}
