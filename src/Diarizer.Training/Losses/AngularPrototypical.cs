using TorchSharp;
using static TorchSharp.torch;

namespace Diarizer.Training.Losses;

/// <summary>
/// Angular prototypical loss (Chung et al. 2020, equation 10): each speaker's first crop must find its own prototype, the mean of the speaker's other
/// crops, among those of the batch by softmax over w·cos + b, with w and b learned.
/// </summary>
internal sealed class AngularPrototypical(double scale = 10, double offset = -5) : ScaledCosineLoss(nameof(AngularPrototypical), scale, offset)
{
    public override Tensor forward(Tensor embeddings, Tensor classes)
    {
        using var scope = NewDisposeScope();
        long n = embeddings.shape[0], m = embeddings.shape[1];
        var query = embeddings.select(1, 0);
        var prototype = embeddings.narrow(1, 1, m - 1).mean([1L]);
        var cosine = nn.functional.linear(nn.functional.normalize(query), nn.functional.normalize(prototype));
        var logits = Logits(cosine);
        return nn.functional.cross_entropy(logits, arange(n, dtype: ScalarType.Int64, device: embeddings.device)).MoveToOuterDisposeScope();
    }
}
