using Diarizer.Training.Data;
using Diarizer.Training.Sampling;
using TorchSharp;
using static TorchSharp.torch;

namespace Diarizer.Training.Losses;

/// <summary>How triplets compare embeddings of unit length.</summary>
internal enum TripletMetric
{
    /// <summary>max(0, |a - p|² - |a - n|² + m): Chung et al. 2020, equation 5.</summary>
    SquaredEuclidean,

    /// <summary>max(0, cos(a, n) - cos(a, p) + m): Deep Speaker, Li et al. 2017, equation 4.</summary>
    Cosine,
}

/// <summary>
/// Triplet loss within a batch [N, M, D]: each speaker's first crop is an anchor, the speaker's other crops are its positives, and a
/// positive of another speaker is the negative, chosen at random or by hardness as the schedule says for the step.
/// </summary>
internal sealed class Triplet : SpeakerLoss
{
    private readonly double _factor;
    private readonly double _margin;
    private readonly HardNegativeSchedule _schedule;
    private readonly long _seed;
    private long _step;

    /// <param name="schedule">Which negatives are taken at which step.</param>
    /// <param name="seed">Seed of the choice of negatives, which otherwise depends on the step alone.</param>
    public Triplet(TripletMetric metric, double margin, HardNegativeSchedule schedule, long seed = 0)
        : base(nameof(Triplet))
    {
        // Between unit vectors |a - b|² = 2 - 2 cos(a, b), so that both metrics are one but for a factor.
        _factor = metric == TripletMetric.Cosine ? 1 : 2;
        (_margin, _schedule, _seed) = (margin, schedule, seed);
    }

    public override void AtStep(long step) => _step = step;

    public override Tensor forward(Tensor embeddings, Tensor classes)
    {
        using var scope = NewDisposeScope();
        var random = new SeededRandom(_seed, _step, NegativeMiner.Stream);
        var unit = nn.functional.normalize(embeddings, dim: 2);
        var anchor = unit.select(1, 0);
        var terms = new List<Tensor>();
        for (long k = 1; k < unit.shape[1]; k++)
        {
            var positive = unit.select(1, k);
            terms.Add(Hinge(anchor, positive, positive.index_select(0, Negatives(anchor, positive, ref random))));
        }
        return stack(terms).mean().MoveToOuterDisposeScope();
    }

    /// <summary>The loss of given triplets.</summary>
    /// <param name="triplets">Embeddings [T, 3, D]: anchor, positive, negative.</param>
    public Tensor OfTriplets(Tensor triplets)
    {
        using var scope = NewDisposeScope();
        var unit = nn.functional.normalize(triplets, dim: 2);
        return Hinge(unit.select(1, 0), unit.select(1, 1), unit.select(1, 2)).MoveToOuterDisposeScope();
    }

    private Tensor Hinge(Tensor anchor, Tensor positive, Tensor negative) =>
        (((anchor * (negative - positive)).sum(1, false) * _factor) + _margin).relu().mean();

    /// <summary>For each anchor the row of its negative among the positives.</summary>
    private Tensor Negatives(Tensor anchor, Tensor positive, ref SeededRandom random)
    {
        int n = (int)anchor.shape[0];
        var stage = _schedule.At(_step);
        float[] similarity = (anchor.detach().matmul(positive.detach().t()) * _factor).to(ScalarType.Float32).cpu().contiguous().data<float>().ToArray();
        var chosen = new long[n];
        for (int i = 0; i < n; i++)
            chosen[i] = NegativeMiner.Choose(similarity.AsSpan(i * n, n), i, stage, _margin, ref random);
        return tensor(chosen).to(anchor.device);
    }
}
