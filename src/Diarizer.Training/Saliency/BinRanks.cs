using TorchSharp;
using static TorchSharp.torch;

namespace Diarizer.Training.Saliency;

/// <summary>Orders the bins of maps.</summary>
internal static class BinRanks
{
    /// <summary>
    /// Each bin's place in its example's order, 0 for the most salient: int64 [B, bins · T]. Equal bins, of which a Grad-CAM has many, come in a random
    /// order, so that no method gains from where they lie.
    /// </summary>
    /// <param name="map">[B, bins, T].</param>
    public static Tensor Of(Tensor map, long seed)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var values = map.flatten(1);
        int[] order = Enumerable.Range(0, (int)values.shape[1]).ToArray();
        new Data.SeededRandom(seed, order.Length, -3).Shuffle<int>(order);
        var shuffle = tensor([.. order.Select(i => (long)i)]).to(map.device);
        var ranks = values.index_select(1, shuffle).argsort(1, descending: true).argsort(1);
        return ranks.index_select(1, shuffle.argsort()).MoveToOuterDisposeScope();
    }
}
