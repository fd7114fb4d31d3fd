using System.Numerics.Tensors;
using Diarizer.Networks.Inference;
using Diarizer.Training.Data;

namespace Diarizer.Training.Evaluation;

/// <summary>Embeds utterances by their crops.</summary>
/// <param name="embedder">The model.</param>
/// <param name="library">The audio.</param>
/// <param name="plan">The crops.</param>
internal sealed class UtteranceEmbedder(ISpeakerEmbedder embedder, SpeechLibrary library, CropPlan plan)
{
    /// <summary>Crops embedded together; bounds the memory.</summary>
    private const int Group = 64;

    /// <summary>Gives groups of embeddings [n, D] in the order of the utterances: of unit norm, or the mean over the utterance's crops.</summary>
    public IEnumerable<float[]> Embed(IEnumerable<Utterance> utterances)
    {
        foreach (var group in utterances.Chunk(Math.Max(1, Group / plan.Count)))
        {
            var crops = group.Select(u => plan.Crops(u.Length, embedder.MinimumSamples)).ToArray();
            var windows = group.Zip(crops).SelectMany(u => u.Second.Select(crop => Window(u.First, crop))).ToList();
            float[] embeddings = new float[windows.Count * embedder.Dimension];
            embedder.Embed(windows, embeddings);
            yield return windows.Count == group.Length ? embeddings : Means(embeddings, [.. crops.Select(c => c.Count)]);
        }
    }

    /// <summary>The embeddings of all utterances.</summary>
    public EmbeddingTable Table(IReadOnlyList<Utterance> utterances, CancellationToken cancellation)
    {
        float[] values = new float[utterances.Count * embedder.Dimension];
        int filled = 0;
        foreach (float[] rows in Embed(utterances))
        {
            cancellation.ThrowIfCancellationRequested();
            rows.CopyTo(values, filled);
            filled += rows.Length;
        }
        return new EmbeddingTable(values, embedder.Dimension);
    }

    private ReadOnlyMemory<float> Window(Utterance utterance, (int Offset, int Length) crop)
    {
        float[] samples = new float[crop.Length];
        library.Read(utterance, crop.Offset, samples);
        return samples;
    }

    private float[] Means(float[] embeddings, int[] counts)
    {
        int size = embedder.Dimension, row = 0;
        float[] means = new float[counts.Length * size];
        for (int i = 0; i < counts.Length; i++)
        {
            var mean = means.AsSpan(i * size, size);
            for (int last = row + counts[i]; row < last; row++)
                TensorPrimitives.Add(mean, embeddings.AsSpan(row * size, size), mean);
            TensorPrimitives.Divide(mean, counts[i], mean);
        }
        return means;
    }
}
