using TorchSharp;
using static TorchSharp.torch;

namespace Diarizer.Training.Losses;

/// <summary>
/// Generalised end-to-end loss with softmax (Wan et al. 2018, equations 5, 6, 8 and 9; Chung et al. 2020, equations 8 and 9): every crop must find its own speaker's centroid
/// among those of the batch by softmax over w·cos + b, with w and b learned. The own centroid leaves the crop itself out.
/// </summary>
internal sealed class Ge2e(double scale = 10, double offset = -5) : ScaledCosineLoss(nameof(Ge2e), scale, offset)
{
    public override Tensor forward(Tensor embeddings, Tensor classes)
    {
        using var scope = NewDisposeScope();
        long n = embeddings.shape[0], m = embeddings.shape[1];
        var centroids = embeddings.mean([1L]);
        var others = (embeddings.sum(1, true) - embeddings) / (m - 1);
        var (rows, speakers) = Flatten(embeddings, arange(n, dtype: ScalarType.Int64, device: embeddings.device));
        var unit = nn.functional.normalize(rows);
        var cosine = nn.functional.linear(unit, nn.functional.normalize(centroids));
        var own = (unit * nn.functional.normalize(others, dim: 2).reshape(n * m, -1)).sum(1, true);
        var truth = nn.functional.one_hot(speakers, n).to(ScalarType.Float32);
        var logits = Logits(cosine * (1 - truth) + truth * own);
        return nn.functional.cross_entropy(logits, speakers).MoveToOuterDisposeScope();
    }
}
