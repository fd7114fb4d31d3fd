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
    /// <param name="network">Embeds; in evaluation mode afterwards.</param>
    /// <param name="output">The same network, whose last layer gets the back-end.</param>
    /// <param name="maker">Makes the batches of training data that it is estimated from.</param>
    /// <param name="batches">How many.</param>
    /// <param name="shrinkage">Share of the covariance that is replaced by its mean variance: above 0, so that it can be inverted safely; 1 leaves the centring alone.</param>
    /// <param name="device">Where the network lies.</param>
    public static void Fold(nn.Module<Tensor, Tensor> network, IAffineOutput output, IBatchMaker maker, int batches, double shrinkage, Device device)
    {
        using var frozen = no_grad();
        using var scope = NewDisposeScope();
        network.eval();
        int size = output.OutputSize;
        var sum = zeros([size], float64);
        var within = zeros([size, size], float64);
        long rows = 0, freedom = 0;
        for (int i = 0; i < batches; i++)
        {
            using var step = NewDisposeScope();
            using var batch = maker.Make(i);
            var x = network.call(batch.FeatureTensor().to(device).transpose(1, 2).contiguous()).cpu().to(float64);
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
        output.TransformOutput(whitening.to(float32).to(device), (sum / rows).to(float32).to(device));
    }
}
