using Diarizer.Networks.Trunks;
using Diarizer.Training.Loops;
using TorchSharp;
using static TorchSharp.torch;

namespace Diarizer.Training.Speakers;

/// <summary>
/// Within-class covariance normalisation (Hatch, Kajarekar and Stolcke 2006), folded into the network's last layer: embeddings are centred,
/// and directions in which one voice varies count less in the cosine. A metric loss leaves all embeddings in a narrow cone;
/// without this, scores of any two voices crowd near 1.
/// </summary>
internal static class EmbeddingWhitening
{
    /// <param name="network">Gets the back-end.</param>
    /// <param name="maker">Makes the batches of training data that it is estimated from.</param>
    /// <param name="batches">How many; 0 leaves the network as it is.</param>
    /// <param name="shrinkage">Share of the covariance that is replaced by its mean variance: above 0, so that it can be inverted safely; 1 leaves the centring alone.</param>
    public static void Fold(FastResNet34 network, IBatchMaker maker, int batches, double shrinkage)
    {
        if (batches == 0)
            return;
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        network.eval();
        int size = network.Options.OutputSize;
        var sum = zeros([size], float64);
        var within = zeros([size, size], float64);
        long rows = 0, freedom = 0;
        for (int i = 0; i < batches; i++)
        {
            using var step = NewDisposeScope();
            using var batch = maker.Make(i);
            var x = network.call(batch.FeatureTensor().transpose(1, 2).contiguous()).to(float64);
            int voices = batch.Targets.Length, each = batch.Sequences / voices;
            sum.add_(x.sum(0, false));
            var perVoice = x.reshape(voices, each, size);
            var deviations = (perVoice - perVoice.mean([1L], true)).reshape(-1, size);
            within.add_(deviations.t().matmul(deviations));
            rows += batch.Sequences;
            freedom += voices * (each - 1);
        }

        within.div_(freedom);
        double variance = within.diagonal().mean().ToDouble();
        var covariance = within * (1 - shrinkage) + eye(size, dtype: float64) * (shrinkage * variance);
        var whitening = linalg.inv(linalg.cholesky(covariance));
        network.TransformOutput(whitening.to(float32), (sum / rows).to(float32));
    }
}
