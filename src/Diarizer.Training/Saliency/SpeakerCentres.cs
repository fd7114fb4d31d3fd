using TorchSharp;
using static TorchSharp.torch;

namespace Diarizer.Training.Saliency;

/// <summary>A stand-in for a classifier, where only an embedder is at hand: one vector a speaker, the mean of the speaker's embeddings.</summary>
internal static class SpeakerCentres
{
    private const int BatchSize = 32;

    /// <summary>
    /// Means of unit embeddings [classes, D], themselves of unit length. Each crop is part of its own speaker's mean, so that scores are a little too good.
    /// </summary>
    /// <param name="classes">One more than the largest class of the crops.</param>
    public static Tensor Of(nn.Module<Tensor, Tensor> network, LabelledCrops crops, int classes, Device device)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        Tensor? sums = null;
        foreach (var batch in crops.Batches(BatchSize, device))
        {
            var embeddings = nn.functional.normalize(network.call(batch.Features));
            var sum = nn.functional.one_hot(batch.Targets, classes).to(ScalarType.Float32).t().matmul(embeddings);
            if (sums is null)
                sums = sum.DetachFromDisposeScope();
            else
                sums.add_(sum);
        }
        using (sums)
            return nn.functional.normalize(sums ?? throw new ArgumentException("There are no crops.", nameof(crops))).DetachFromDisposeScope();
    }
}
