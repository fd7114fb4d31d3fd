using TorchSharp;
using static TorchSharp.torch;

namespace Diarizer.Training.Saliency;

/// <summary>
/// Integrated gradients (Sundararajan et al. 2017): the gradient's mean on the straight way from the baseline to the features, times the difference of the
/// two. The values of an example add up to what its score gains on that way (completeness), the better the more steps are taken.
/// </summary>
/// <param name="steps">Points on the way, in the middle of as many equal pieces.</param>
internal sealed class IntegratedGradients(int steps, Baseline baseline) : ISaliencyMethod
{
    public string Name => "integrated-gradients";

    public bool Signed => true;

    public Tensor Explain(SpeakerScores scores, SaliencyBatch batch)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var start = Baselines.Of(batch.Features, baseline);
        var difference = batch.Features - start;
        var sum = batch.Features.zeros_like();
        for (int k = 0; k < steps; k++)
        {
            using var step = NewDisposeScope();
            sum.add_(scores.Gradient(start + difference * ((k + 0.5) / steps), batch.Targets));
        }
        return (difference * sum / steps).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// How far the values of each example are from adding up to the gain of its score, as a share of that gain: [B].
    /// </summary>
    /// <param name="map">What <see cref="Explain"/> gave.</param>
    public Tensor Gap(SpeakerScores scores, SaliencyBatch batch, Tensor map)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var gain = scores.OfTargets(batch.Features, batch.Targets) - scores.OfTargets(Baselines.Of(batch.Features, baseline), batch.Targets);
        return ((map.sum([1L, 2L]) - gain).abs() / gain.abs().clamp_min(1e-12)).MoveToOuterDisposeScope();
    }
}
