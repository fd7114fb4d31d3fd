using TorchSharp;
using static TorchSharp.torch;

namespace Diarizer.Training.Losses;

/// <summary>Several losses at once, each with its weight.</summary>
internal sealed class WeightedSum : SpeakerLoss
{
    private readonly (double Weight, SpeakerLoss Loss)[] _terms;

    public WeightedSum(IEnumerable<(double Weight, SpeakerLoss Loss)> terms)
        : base(nameof(WeightedSum))
    {
        _terms = [.. terms];
        for (int i = 0; i < _terms.Length; i++)
            register_module($"{i}", _terms[i].Loss);
    }

    /// <summary>The first term that scores classes; null when none does.</summary>
    public IClassScores? Classifier => _terms.Select(term => term.Loss).OfType<IClassScores>().FirstOrDefault();

    public override void AtStep(long step)
    {
        foreach (var (_, loss) in _terms)
            loss.AtStep(step);
    }

    public override Tensor forward(Tensor embeddings, Tensor classes)
    {
        using var scope = NewDisposeScope();
        var sum = _terms.Select(term => term.Loss.call(embeddings, classes) * term.Weight).Aggregate((a, b) => a + b);
        return sum.MoveToOuterDisposeScope();
    }
}
