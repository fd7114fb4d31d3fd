using TorchSharp;
using static TorchSharp.torch;

namespace Diarizer.Training.Losses;

/// <summary>A loss over a batch of N speakers with M crops each: embeddings [N, M, D] and class numbers [N] in, a scalar out.</summary>
internal abstract class SpeakerLoss(string name) : nn.Module<Tensor, Tensor, Tensor>(name)
{
    /// <summary>Tells the loss how far the run is, for margins that grow.</summary>
    public virtual void AtStep(long step)
    {
    }

    /// <summary>Embeddings [N, M, D] as rows [N·M, D], classes [N] as [N·M].</summary>
    protected static (Tensor Rows, Tensor Classes) Flatten(Tensor embeddings, Tensor classes)
    {
        long n = embeddings.shape[0], m = embeddings.shape[1];
        return (embeddings.reshape(n * m, embeddings.shape[2]), classes.unsqueeze(1).expand(n, m).reshape(n * m));
    }
}
