using Diarizer.Features;
using static TorchSharp.torch;

namespace Diarizer.Training.Saliency;

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

    /// <summary>A network without a classifier: a speaker's score is the cosine to the mean embedding of the speaker's crops.</summary>
    /// <param name="speakers">One more than the largest class of the crops.</param>
    public static ScoredSet OfMeans(nn.Module<Tensor, Tensor> network, string name, FrontEnd frontEnd, int speakers, LabelledCrops crops, string data, ScoredChoice choice)
    {
        choice.Prepare(network);
        var centres = SpeakerCentres.Of(network, crops, speakers, choice.Device);
        var scores = SpeakerScores.Of(network, centres);
        return new ScoredSet(network, name, frontEnd, scores, "the cosine to the mean embedding of the speaker", speakers, crops, data, choice.Device) { Owned = [centres] };
    }

    public void Dispose()
    {
        Network.Dispose();
        foreach (var owned in Owned)
            owned.Dispose();
    }
}
