using Diarizer.Networks.Voices;
using TorchSharp;
using static TorchSharp.torch;

namespace Diarizer.Training.Speakers;

/// <summary>
/// How one voice varies within a recording, and how voices differ: both covariances from labelled embeddings, diagonalised together (Ioffe 2006, "Probabilistic
/// linear discriminant analysis"; the moments by analysis of variance).
/// </summary>
internal static class VoiceSpaceEstimate
{
    private const double Shrinkage = 1e-4, LeastSpread = 1e-3;

    /// <summary>Estimates the space.</summary>
    /// <param name="embeddings">[N, D] row by row.</param>
    /// <param name="voices">Whose each is, from 0; every voice at least once.</param>
    /// <param name="directions">Directions to keep.</param>
    /// <exception cref="UserErrorException">There are too few voices or embeddings.</exception>
    public static VoiceSpaceNetwork Of(float[] embeddings, int[] voices, int directions)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        int count = voices.Max() + 1, size = embeddings.Length / voices.Length;
        if (count < 2 || voices.Length - count < size)
            throw new UserErrorException($"{voices.Length} crops of {count} voices are too few for embeddings of {size} values; give more data, or shorter crops with --crop.");
        var x = tensor(embeddings).reshape(voices.Length, size).to(ScalarType.Float64);
        var marks = new float[count * voices.Length];
        for (int i = 0; i < voices.Length; i++)
            marks[(voices[i] * voices.Length) + i] = 1;
        var members = tensor(marks).reshape(count, voices.Length).to(ScalarType.Float64);
        var sizes = members.sum([1L], true);
        var means = members.matmul(x) / sizes;
        var deviations = x - members.t().matmul(means);
        var within = deviations.t().matmul(deviations) / (voices.Length - count);
        var mean = means.mean([0L]);
        var apart = means - mean;
        // A mean over n embeddings still holds an n-th of the variance within.
        var between = (apart.t().matmul(apart) / (count - 1)) - (within * sizes.reciprocal().mean());

        double variance = within.diagonal().mean().ToDouble();
        var whitening = linalg.inv(linalg.cholesky(within + (eye(size, dtype: float64) * (Shrinkage * variance)))).t();
        var (spread, axes) = linalg.eigh(whitening.t().matmul(between).matmul(whitening));
        var order = arange(size - 1, size - 1 - directions, -1, ScalarType.Int64);
        var network = new VoiceSpaceNetwork(new VoiceSpaceOptions { Embedding = size, Directions = directions });
        network.Set(mean.to(float32), whitening.matmul(axes).index_select(1, order).to(float32), spread.index_select(0, order).clamp(LeastSpread).to(float32));
        return network;
    }
}
