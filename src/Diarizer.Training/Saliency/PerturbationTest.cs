using TorchSharp;
using static TorchSharp.torch;

namespace Diarizer.Training.Saliency;

/// <summary>
/// Insertion and deletion curves (Petsiuk et al. 2018) of one method, batch by batch: what the method holds for the most salient share of the bins is all
/// that the classifier gets, or all that it lacks; what is left out falls back to a baseline.
/// </summary>
/// <param name="shares">Shares of the bins, ascending, 0 to 1.</param>
/// <param name="baseline">What stands in the place of a bin left out.</param>
internal sealed class PerturbationTest(SpeakerScores scores, IReadOnlyList<double> shares, Baseline baseline, long seed)
{
    private const int Few = 5;
    private readonly long[,] _inserted = new long[shares.Count, 2], _deleted = new long[shares.Count, 2];
    private long _examples;

    /// <summary>Takes in a batch.</summary>
    /// <param name="map">The method's values [B, bins, T].</param>
    public void Add(SaliencyBatch batch, Tensor map)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var ranks = BinRanks.Of(map, seed).reshape(batch.Features.shape);
        var absent = Baselines.Of(batch.Features, baseline);
        long bins = batch.Features.shape[1] * batch.Features.shape[2];
        for (int i = 0; i < shares.Count; i++)
        {
            using var step = NewDisposeScope();
            var salient = ranks.lt((long)Math.Round(shares[i] * bins));
            Count(_inserted, i, where(salient, batch.Features, absent), batch.Targets);
            Count(_deleted, i, where(salient, absent, batch.Features), batch.Targets);
        }
        _examples += batch.Features.shape[0];
    }

    public PerturbationResult Result(string method) => new(method, Curve(_inserted), Curve(_deleted));

    private void Count(long[,] hits, int row, Tensor features, Tensor targets)
    {
        var logits = scores.All(features);
        var better = logits.gt(logits.gather(1, targets.unsqueeze(1))).sum(1);
        hits[row, 0] += better.lt(1).sum().item<long>();
        hits[row, 1] += better.lt(Few).sum().item<long>();
    }

    private PerturbationCurve Curve(long[,] hits) =>
        new([.. shares.Select((share, i) => new PerturbationPoint(share, hits[i, 0] / (double)_examples, hits[i, 1] / (double)_examples))]);
}
