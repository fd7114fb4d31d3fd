using Diarizer.Training.Loops;
using TorchSharp;
using static TorchSharp.torch;

namespace Diarizer.Training.Speakers;

/// <summary>Moments of the embeddings of training data, in 64 bits: the mean, how one voice varies, and how the corpora lie apart.</summary>
/// <param name="Mean">[D].</param>
/// <param name="Within">Covariance within a voice [D, D].</param>
/// <param name="Between">Covariance of the corpora's means [D, D], every corpus counting alike.</param>
internal sealed record EmbeddingStatistics(Tensor Mean, Tensor Within, Tensor Between)
{
    /// <summary>Embeds batches and adds up; what it gives belongs to the caller's scope.</summary>
    /// <param name="network">Embeds; in evaluation mode afterwards.</param>
    /// <param name="maker">Makes the batches of training data.</param>
    /// <param name="corpus">The corpus of a class.</param>
    /// <param name="size">D.</param>
    /// <param name="batches">How many batches.</param>
    /// <param name="device">Where the network lies.</param>
    public static EmbeddingStatistics Collect(nn.Module<Tensor, Tensor> network, IBatchMaker maker, Func<long, string> corpus, int size, int batches, Device device)
    {
        using var frozen = no_grad();
        network.eval();
        var within = zeros([size, size], float64);
        var corpora = new SortedDictionary<string, (Tensor Sum, long Rows)>(StringComparer.Ordinal);
        long freedom = 0;
        for (int i = 0; i < batches; i++)
        {
            using var step = NewDisposeScope();
            using var batch = maker.Make(i);
            int voices = batch.Targets.Length, each = batch.Sequences / voices;
            var perVoice = network.call(batch.FeatureTensor().to(device).transpose(1, 2).contiguous()).cpu().to(float64).reshape(voices, each, size);
            var means = perVoice.mean([1L], true);
            var deviations = (perVoice - means).reshape(-1, size);
            within.add_(deviations.t().matmul(deviations));
            freedom += voices * (each - 1);
            for (int n = 0; n < voices; n++)
            {
                string name = corpus(batch.Targets[n]);
                if (!corpora.TryGetValue(name, out var known))
                    known = (zeros([size], float64).MoveToOuterDisposeScope(), 0);
                known.Sum.add_(means[n, 0] * each);
                corpora[name] = (known.Sum, known.Rows + each);
            }
        }

        var sum = corpora.Values.Select(c => c.Sum).Aggregate((a, b) => a + b);
        var centres = stack(corpora.Values.Select(c => c.Sum / c.Rows).ToArray());
        var apart = centres - centres.mean([0L], true);
        return new EmbeddingStatistics(sum / corpora.Values.Sum(c => c.Rows), within / freedom, apart.t().matmul(apart) / corpora.Count);
    }
}
