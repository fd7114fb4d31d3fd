using Diarizer.Networks.Segmentation;
using Diarizer.Training.Segmentation;
using TorchSharp;
using static TorchSharp.torch;

namespace Diarizer.Training.Tests.Segmentation;

/// <summary>The expected numbers are printed by reference/segmentation.py.</summary>
public class PowersetLossTests
{
    private static readonly Powerset Powerset = new(3, 2);

    private static readonly long[] First = [0, 1, 4, 2, 6], Second = [3, 3, 5, 0, 1];

    [Fact]
    public void MatchesReference()
    {
        Assert.Equal(2.105849, Value(Logits(0, 2), [.. First, .. Second]), 5);
        Assert.Equal(2.387121, Value(Logits(0, 1), First), 5);
        Assert.Equal(1.824578, Value(Logits(1, 1), Second), 5);
    }

    /// <summary>2.488457 is the cross-entropy with the speakers as they are numbered.</summary>
    [Fact]
    public void TheNumbersOfTheSpeakersDoNotMatter()
    {
        double expected = Value(Logits(0, 2), [.. First, .. Second]);
        Assert.True(expected < 2.48);
        foreach (var one in Powerset.Permutations)
        {
            foreach (var two in Powerset.Permutations)
                Assert.Equal(expected, Value(Logits(0, 2), [.. First.Select(c => Moved(c, one)), .. Second.Select(c => Moved(c, two))]), 5);
        }
    }

    [Fact]
    public void TheOrderIsOneForAllFramesOfAWindow()
    {
        // Whoever is certain of 0, then of 1 where both frames are 0's cannot be right twice.
        float[] certain = [0, 20, 0, 0, 0, 0, 0, 0, 0, 20, 0, 0, 0, 0];
        Assert.InRange(Value(certain, [1, 2]), 0, 1e-3);
        Assert.InRange(Value(certain, [3, 1]), 0, 1e-3);
        Assert.InRange(Value(certain, [1, 1]), 9, 11);
    }

    [Fact]
    public void GradientsGoTheWayOfTheBestOrder()
    {
        using var scope = NewDisposeScope();
        using var loss = new PowersetLoss(Powerset, CPU);
        var logits = tensor(Logits(0, 2)).reshape(2, 5, 7).requires_grad_();
        loss.Of(logits, tensor((long[])[.. First, .. Second]).reshape(2, 5)).backward();
        float[] gradient = logits.grad!.data<float>().ToArray();
        Assert.Contains(gradient, g => g < -0.05f);
        // Softmax minus one-hot: each frame's gradients add up to nothing.
        for (int frame = 0; frame < 10; frame++)
            Assert.Equal(0, gradient[(frame * 7)..(frame * 7 + 7)].Sum(), 1e-6);
    }

    private static long Moved(long @class, IReadOnlyList<int> permutation) => Powerset.Permuted((int)@class, permutation);

    private static float[] Logits(int from, int windows) => [.. Enumerable.Range(35 * from, 35 * windows).Select(i => (float)(2 * Math.Sin(0.4 + 0.9 * i)))];

    private static double Value(float[] logits, long[] targets)
    {
        using var scope = NewDisposeScope();
        using var loss = new PowersetLoss(Powerset, CPU);
        int frames = Math.Min(5, targets.Length);
        return loss.Of(tensor(logits).reshape(-1, frames, 7), tensor(targets).reshape(-1, frames)).item<float>();
    }
}
