using static TorchSharp.torch;

namespace Diarizer.Training.Saliency;

/// <summary>
/// Input times gradient (Shrikumar et al. 2017), the input counted from the baseline: to first order, what the score would lose if the bin fell back to it.
/// </summary>
internal sealed class InputTimesGradient(Baseline baseline) : ISaliencyMethod
{
    public string Name => "input-x-gradient";

    public bool Signed => true;

    public Tensor Explain(SpeakerScores scores, SaliencyBatch batch)
    {
        using var scope = NewDisposeScope();
        var difference = batch.Features - Baselines.Of(batch.Features, baseline);
        return (difference * scores.Gradient(batch.Features, batch.Targets)).MoveToOuterDisposeScope();
    }
}
