using TorchSharp;
using static TorchSharp.torch;

namespace Diarizer.Training.Losses;

/// <summary>
/// The divergence of a question that is often asked, which does not learn; kept so that anyone can see that <see cref="PairwiseDivergence"/> does. Outputs that are no
/// distributions are clipped to [1e-7, 1], which leaves most of them without gradient; one direction alone, Σ x log(x / y), which is unbounded below for such outputs, is what
/// pairs of one speaker are to make small; and the hinge max(0, m - KL) of different speakers is averaged over all pairs of the batch,
/// those of one speaker too, since its mean goes over the wrong axis.
/// </summary>
internal sealed class AskedDivergence(double margin) : SpeakerLoss(nameof(AskedDivergence))
{
    private const double Least = 1e-7;

    public override Tensor forward(Tensor embeddings, Tensor classes)
    {
        using var scope = NewDisposeScope();
        var (rows, targets) = Flatten(embeddings, classes);
        var clipped = rows.clamp(Least, 1);
        var logarithms = clipped.log();
        var divergence = (clipped * logarithms).sum(1, true) - clipped.matmul(logarithms.t());
        long b = rows.shape[0];
        var different = 1 - eye(b, device: rows.device);
        var same = targets.unsqueeze(1).eq(targets.unsqueeze(0)).to(ScalarType.Float32) * different;
        double pairs = b * (b - 1);
        var hinge = ((margin - divergence).relu() * different).sum() / pairs;
        var others = (different.sum() - same.sum()) / pairs;
        return ((same * divergence).sum() / pairs + others * hinge).MoveToOuterDisposeScope();
    }
}
