using Diarizer.Networks.Trunks;
using TorchSharp;
using static TorchSharp.torch;

namespace Diarizer.Training.Speakers;

/// <summary>
/// Within-class covariance normalisation (Hatch, Kajarekar and Stolcke 2006), folded into the network's last layer: embeddings are centred,
/// and directions in which one voice varies count less in the cosine. A metric loss leaves all embeddings in a narrow cone;
/// without this, scores of any two voices crowd near 1. Directions in which corpora lie apart, which are those of microphones and lines, count less, too (after the
/// source normalisation of McLaren and van Leeuwen 2012): without that, any two voices of one line score higher than two of another.
/// </summary>
internal static class EmbeddingWhitening
{
    /// <param name="output">The network, whose last layer gets the back-end.</param>
    /// <param name="statistics">Of its embeddings.</param>
    /// <param name="shrinkage">Share of the covariance within voices that is replaced by its mean variance: above 0, so that it can be inverted safely; 1 leaves it out.</param>
    /// <param name="corpora">Weight of the covariance of the corpora's means beside it; 0 leaves it out.</param>
    /// <param name="device">Where the network lies.</param>
    public static void Fold(IAffineOutput output, EmbeddingStatistics statistics, double shrinkage, double corpora, Device device)
    {
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        double variance = statistics.Within.diagonal().mean().ToDouble();
        var covariance = statistics.Within * (1 - shrinkage) + eye(output.OutputSize, dtype: float64) * (shrinkage * variance) + statistics.Between * corpora;
        var whitening = linalg.inv(linalg.cholesky(covariance));
        output.TransformOutput(whitening.to(float32).to(device), statistics.Mean.to(float32).to(device));
    }
}
