using Diarizer.Networks.Trunks;
using Diarizer.Training.Losses;
using TorchSharp;
using static TorchSharp.torch;

namespace Diarizer.Training.Saliency;

/// <summary>
/// What is explained: how well features fit each of some speakers. The network must be in evaluation mode, where one example's scores do not depend
/// on the others of its batch.
/// </summary>
/// <param name="network">Features [B, bins, T] to what the head takes.</param>
/// <param name="head">That to scores [B, classes].</param>
internal sealed class SpeakerScores(Func<Tensor, Tensor> network, Func<Tensor, Tensor> head)
{
    /// <summary>The logits of a classifier that the network was trained with.</summary>
    public static SpeakerScores Of(nn.Module<Tensor, Tensor> network, IClassScores classifier) =>
        new(network is ITrainingOutput other ? other.TrainingOutput : network.call, classifier.Logits);

    /// <summary>Cosines to one vector a speaker, such as the mean of the speaker's embeddings.</summary>
    /// <param name="centres">[classes, D].</param>
    public static SpeakerScores Of(nn.Module<Tensor, Tensor> network, Tensor centres) =>
        new(network.call, embeddings => nn.functional.linear(nn.functional.normalize(embeddings), nn.functional.normalize(centres)));

    /// <param name="features">[B, bins, T].</param>
    /// <returns>[B, classes].</returns>
    public Tensor All(Tensor features)
    {
        using var scope = NewDisposeScope();
        return head(network(features)).MoveToOuterDisposeScope();
    }

    /// <summary>Each example's score for its own class: [B].</summary>
    /// <param name="features">[B, bins, T].</param>
    /// <param name="targets">Class numbers [B].</param>
    public Tensor OfTargets(Tensor features, Tensor targets)
    {
        using var scope = NewDisposeScope();
        return All(features).gather(1, targets.unsqueeze(1)).squeeze(1).MoveToOuterDisposeScope();
    }

    /// <summary>The derivative of <see cref="OfTargets"/> with respect to the features: [B, bins, T].</summary>
    public Tensor Gradient(Tensor features, Tensor targets)
    {
        using var scope = NewDisposeScope();
        using var recorded = enable_grad();
        var input = features.detach().requires_grad_();
        return autograd.grad([OfTargets(input, targets).sum()], [input])[0].MoveToOuterDisposeScope();
    }
}
