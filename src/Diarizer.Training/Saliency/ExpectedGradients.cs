using Diarizer.Training.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace Diarizer.Training.Saliency;

/// <summary>
/// Expected integrated gradients (Erion et al. 2021): integrated gradients averaged over baselines drawn from the data, one random point on the way from
/// each. An example's draws are a function of the seed and its number.
/// </summary>
/// <param name="baselines">Features to draw from [N, bins, T], as long as those explained.</param>
/// <param name="samples">Draws for an example.</param>
internal sealed class ExpectedGradients(Tensor baselines, int samples, long seed) : ISaliencyMethod
{
    public string Name => "expected-gradients";

    public bool Signed => true;

    public Tensor Explain(SpeakerScores scores, SaliencyBatch batch)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        int rows = (int)batch.Features.shape[0];
        var sum = batch.Features.zeros_like();
        for (int k = 0; k < samples; k++)
        {
            using var sample = NewDisposeScope();
            var draws = Enumerable.Range(0, rows).Select(row => Draw(batch.First + row, k)).ToArray();
            var start = baselines.index_select(0, tensor(draws.Select(d => d.Baseline).ToArray()).to(baselines.device));
            var place = tensor(draws.Select(d => d.Place).ToArray()).reshape(rows, 1, 1).to(baselines.device);
            var difference = batch.Features - start;
            sum.add_(difference * scores.Gradient(start + difference * place, batch.Targets));
        }
        return (sum / samples).MoveToOuterDisposeScope();
    }

    private (long Baseline, float Place) Draw(long example, int sample)
    {
        var random = new SeededRandom(seed, example, sample);
        return (random.Below(baselines.shape[0]), (float)random.NextDouble());
    }
}
