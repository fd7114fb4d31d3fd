using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Diarizer.Training.Attention;

/// <summary>
/// Gradient frequency weights (Yang et al.): the magnitude of the target's gradient with respect to each bin, its mean over time and utterances, divided by
/// the largest. Every utterance counts alike, however long.
/// </summary>
internal sealed class GradientMean(int bins)
{
    private readonly double[] _sums = new double[bins];

    /// <summary>Utterances so far.</summary>
    public long Utterances { get; private set; }

    /// <summary>Takes in a batch.</summary>
    /// <param name="gradients">[B, bins, T].</param>
    public void Add(Tensor gradients)
    {
        using var scope = NewDisposeScope();
        var means = gradients.abs().mean([2L]).sum([0L]).cpu().contiguous();
        var values = MemoryMarshal.Cast<byte, float>(means.bytes);
        for (int i = 0; i < _sums.Length; i++)
            _sums[i] += values[i];
        Utterances += gradients.shape[0];
    }

    /// <summary>The weights, the largest 1.</summary>
    /// <exception cref="UserErrorException">All gradients are zero, or some are no numbers.</exception>
    public float[] Weights()
    {
        double largest = _sums.Max();
        return largest > 0 && _sums.All(double.IsFinite)
            ? [.. _sums.Select(sum => (float)(sum / largest))]
            : throw new UserErrorException("The gradients with respect to the features are all zero or not finite; the network is of no use as a teacher.");
    }
}
