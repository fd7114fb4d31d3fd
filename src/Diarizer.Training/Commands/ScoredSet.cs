using Diarizer.Features;
using Diarizer.Training.Saliency;
using static TorchSharp.torch;

namespace Diarizer.Training.Commands;

/// <summary>A trained network, what scores its embeddings, and crops of speakers that it scores.</summary>
/// <param name="Network">In evaluation mode, on <paramref name="Device"/>.</param>
/// <param name="Name">The network's name and where it was taken from.</param>
/// <param name="Scores">The scores that are differentiated.</param>
/// <param name="Target">What a score is, in words.</param>
/// <param name="Classes">Speakers that are scored.</param>
/// <param name="Data">The crops in words.</param>
internal sealed record ScoredSet(
    nn.Module<Tensor, Tensor> Network, string Name, FrontEnd FrontEnd, SpeakerScores Scores, string Target, int Classes, LabelledCrops Crops, string Data, Device Device)
    : IDisposable
{
    /// <summary>What goes with it.</summary>
    public IReadOnlyList<IDisposable> Owned { get; init; } = [];

    public void Dispose()
    {
        Network.Dispose();
        foreach (var owned in Owned)
            owned.Dispose();
    }
}
