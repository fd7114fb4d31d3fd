using Diarizer.Networks.Segmentation;
using TorchSharp;
using static TorchSharp.torch;

namespace Diarizer.Training.Segmentation;

/// <summary>
/// Cross-entropy of powerset classes under the best order of the local speakers: the mean over the frames is taken for every order, the least of them
/// counts (Plaquet and Bredin 2023, section 2; permutation-invariant training of Yu et al. 2017).
/// </summary>
internal sealed class PowersetLoss : IDisposable
{
    private readonly Tensor[] _orders;

    public PowersetLoss(Powerset powerset, Device device)
    {
        _orders = [.. powerset.Permutations.Select(permutation => tensor(
            Enumerable.Range(0, powerset.Classes).Select(c => (long)powerset.Permuted(c, permutation)).ToArray()).to(device).DetachFromDisposeScope())];
    }

    /// <summary>The loss of a batch.</summary>
    /// <param name="logits">[B, T, classes].</param>
    /// <param name="targets">[B, T], int64.</param>
    /// <returns>A scalar: the mean over the batch.</returns>
    public Tensor Of(Tensor logits, Tensor targets)
    {
        using var scope = NewDisposeScope();
        return (-BestLikelihoods(logits, targets)).mean().MoveToOuterDisposeScope();
    }

    private Tensor BestLikelihoods(Tensor logits, Tensor targets)
    {
        var likelihoods = logits.log_softmax(2);
        var flat = targets.flatten();
        var all = _orders.Select(order =>
            likelihoods.gather(2, order.index_select(0, flat).reshape(targets.shape).unsqueeze(2)).squeeze(2).mean([1L]));
        return stack(all, 1).amax([1L]);
    }

    public void Dispose()
    {
        foreach (var order in _orders)
            order.Dispose();
    }
}
