using TorchSharp;
using static TorchSharp.torch;

namespace Diarizer.Training.Losses;

/// <summary>
/// Prototypical loss (Snell et al. 2017; Chung et al. 2020, equations 6 and 7): each speaker's first crop must find its own prototype, the mean of
/// the speaker's other crops, among those of the batch by softmax over negative squared Euclidean distances.
/// </summary>
internal sealed class Prototypical() : SpeakerLoss(nameof(Prototypical))
{
    public override Tensor forward(Tensor embeddings, Tensor classes)
    {
        using var scope = NewDisposeScope();
        long n = embeddings.shape[0], m = embeddings.shape[1];
        var query = embeddings.select(1, 0);
        var prototype = embeddings.narrow(1, 1, m - 1).mean([1L]);
        // |q - c|² = |q|² - 2 q·c + |c|²; the first term is the same for all prototypes and cancels in the softmax.
        var logits = query.matmul(prototype.t()) * 2 - (prototype * prototype).sum(1, false);
        return nn.functional.cross_entropy(logits, arange(n, dtype: ScalarType.Int64, device: embeddings.device)).MoveToOuterDisposeScope();
    }
}
