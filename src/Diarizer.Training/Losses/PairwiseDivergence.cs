using Diarizer.Training.Data;
using Diarizer.Training.Sampling;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Diarizer.Training.Losses;

/// <summary>
/// Pairwise Kullback-Leibler divergence with a hinge (Hsu and Kira 2016, equations 2 and 4; Lukic et al. 2017): a crop's distribution p is the softmax of its
/// outputs. A pair of one speaker costs KL(p‖q) + KL(q‖p), a pair of two max(0, m - KL(p‖q)) + max(0, m - KL(q‖p)),
/// each direction hinged by itself; the mean over all B(B - 1)/2 pairs of the batch's B crops, or over random pairs.
/// </summary>
internal sealed class PairwiseDivergence : SpeakerLoss
{
    private const double SameSpeaker = 0.5;
    private readonly Linear? outputs;
    private readonly double _margin;
    private readonly int _pairs;
    private readonly long _seed;
    private long _step;

    /// <param name="dimension">D of the embeddings.</param>
    /// <param name="classes">Outputs of a linear layer before the softmax; 0 to take the softmax of the embeddings themselves.</param>
    /// <param name="margin">m.</param>
    /// <param name="pairs">Random pairs to take, half of them of one speaker; 0 for all pairs.</param>
    public PairwiseDivergence(int dimension, int classes, double margin, int pairs = 0, long seed = 0)
        : base(nameof(PairwiseDivergence))
    {
        outputs = classes > 0 ? nn.Linear(dimension, classes) : null;
        (_margin, _pairs, _seed) = (margin, pairs, seed);
        RegisterComponents();
    }

    public override void AtStep(long step) => _step = step;

    public override Tensor forward(Tensor embeddings, Tensor classes)
    {
        using var scope = NewDisposeScope();
        var (rows, targets) = Flatten(embeddings, classes);
        var logarithms = nn.functional.log_softmax(outputs is null ? rows : outputs.call(rows), 1);
        var p = logarithms.exp();
        var divergence = (p * logarithms).sum(1, true) - p.matmul(logarithms.t());
        var same = targets.unsqueeze(1).eq(targets.unsqueeze(0));
        var cost = where(same, divergence, (_margin - divergence).relu());
        return (_pairs == 0 ? OverAll(cost) : OverRandom(cost, targets)).MoveToOuterDisposeScope();
    }

    /// <summary>Both directions of every pair stand on either side of the diagonal.</summary>
    private static Tensor OverAll(Tensor cost)
    {
        long b = cost.shape[0];
        return (cost.sum() - cost.diagonal().sum()) / (b * (b - 1) / 2.0);
    }

    private Tensor OverRandom(Tensor cost, Tensor targets)
    {
        long b = cost.shape[0];
        var random = new SeededRandom(_seed, _step, RandomPairs.Stream);
        var pairs = RandomPairs.Draw(targets.cpu().data<long>().ToArray(), _pairs, SameSpeaker, ref random);
        var index = tensor(pairs.Select(pair => pair.First * b + pair.Second).ToArray()).to(cost.device);
        return (cost + cost.t()).reshape(b * b).index_select(0, index).mean();
    }
}
