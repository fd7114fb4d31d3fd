using static TorchSharp.torch;

namespace Diarizer.Training.Saliency;

/// <summary>The magnitude of the gradient (Simonyan et al. 2014): how much the score would change with the bin.</summary>
internal sealed class GradientSaliency : ISaliencyMethod
{
    public string Name => "gradient";

    public bool Signed => false;

    public Tensor Explain(SpeakerScores scores, SaliencyBatch batch)
    {
        using var scope = NewDisposeScope();
        return scores.Gradient(batch.Features, batch.Targets).abs().MoveToOuterDisposeScope();
    }
}
