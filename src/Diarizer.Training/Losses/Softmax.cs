using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Diarizer.Training.Losses;

/// <summary>A linear classifier with cross-entropy over the training speakers.</summary>
internal sealed class Softmax : SpeakerLoss, IClassScores
{
    private readonly Linear classifier;

    public Softmax(int dimension, int classes)
        : base(nameof(Softmax))
    {
        classifier = nn.Linear(dimension, classes);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public Tensor Logits(Tensor embeddings) => classifier.call(embeddings);

    public override Tensor forward(Tensor embeddings, Tensor classes)
    {
        using var scope = NewDisposeScope();
        var (rows, targets) = Flatten(embeddings, classes);
        return nn.functional.cross_entropy(classifier.call(rows), targets).MoveToOuterDisposeScope();
    }
}
