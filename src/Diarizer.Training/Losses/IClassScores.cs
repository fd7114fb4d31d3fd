using static TorchSharp.torch;

namespace Diarizer.Training.Losses;

/// <summary>A loss with a class for each training speaker, that can tell how well an embedding fits each of them.</summary>
internal interface IClassScores
{
    /// <summary>The logits that the loss compares, without any margin.</summary>
    /// <param name="embeddings">[B, D].</param>
    /// <returns>[B, classes].</returns>
    Tensor Logits(Tensor embeddings);
}
