using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Diarizer.Networks.Trunks;

/// <summary>A trunk whose embeddings leave a linear layer, so that a linear back-end can be folded into it.</summary>
public interface IAffineOutput : ISpeakerTrunk
{
    /// <summary>The last layer, after which nothing comes.</summary>
    Linear Output { get; }

    /// <summary>Folds <c>y = matrix (x - offset)</c> into the last layer: the back-end then costs nothing at inference.</summary>
    /// <param name="matrix">[D, D].</param>
    /// <param name="offset">[D].</param>
    void TransformOutput(Tensor matrix, Tensor offset)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        Output.weight!.copy_(matrix.matmul(Output.weight));
        Output.bias!.copy_(matrix.matmul((Output.bias - offset).unsqueeze(1)).squeeze(1));
    }
}
