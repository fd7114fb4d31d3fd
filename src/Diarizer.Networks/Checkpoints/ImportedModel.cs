using Diarizer.Networks.Models;
using static TorchSharp.torch;

namespace Diarizer.Networks.Checkpoints;

/// <summary>A network with the weights of a public trainer's checkpoint.</summary>
/// <param name="Card">Its card; without a name and a record of its training.</param>
/// <param name="Network">The network, on the CPU and in evaluation mode.</param>
/// <param name="Layout">The layout as which the checkpoint was read.</param>
/// <param name="Source">What was imported: the trainer's name of the network, and where in the checkpoint it lies.</param>
/// <param name="FrontEnd">What of the front end is known and what is assumed.</param>
/// <param name="LeftOut">Tensors that are no part of the network, by their names in the checkpoint.</param>
public sealed record ImportedModel(
    ModelCard Card, nn.Module<Tensor, Tensor> Network, string Layout, string Source, string FrontEnd, IReadOnlyList<string> LeftOut) : IDisposable
{
    /// <summary>Frees the network.</summary>
    public void Dispose() => Network.Dispose();
}
