using System.Numerics.Tensors;
using Diarizer.Streaming.Clustering;

namespace Diarizer.Training.Evaluation;

/// <summary>Embeddings of utterances, a row each.</summary>
/// <param name="values">Row-major [N, D].</param>
/// <param name="dimension">D.</param>
internal sealed class EmbeddingTable(float[] values, int dimension)
{
    public int Count => values.Length / dimension;

    public int Dimension => dimension;

    /// <summary>Row-major [N, D]; not a copy.</summary>
    public float[] Values => values;

    public ReadOnlySpan<float> Row(int row) => values.AsSpan(row * dimension, dimension);

    /// <summary>
    /// The inner product of two rows: the cosine of unit embeddings; of means of several crops' unit embeddings, the mean of all pairwise cosines.
    /// </summary>
    public float Similarity(int a, int b) => Similarity(Row(a), Row(b));

    /// <inheritdoc cref="Similarity(int, int)"/>
    public static float Similarity(ReadOnlySpan<float> a, ReadOnlySpan<float> b) => TensorPrimitives.Dot(a, b);

    /// <summary>Cosine distances between all rows.</summary>
    public DistanceMatrix CosineDistances() => DistanceMatrix.Cosine(values, dimension);

    /// <summary>A unit row for each group: the direction of the mean of its rows.</summary>
    public EmbeddingTable Means(IReadOnlyList<IReadOnlyList<int>> groups)
    {
        float[] means = new float[groups.Count * dimension];
        for (int g = 0; g < groups.Count; g++)
        {
            var mean = means.AsSpan(g * dimension, dimension);
            foreach (int row in groups[g])
                TensorPrimitives.Add(mean, Row(row), mean);
            TensorPrimitives.Divide(mean, Math.Max(TensorPrimitives.Norm<float>(mean), 1e-12f), mean);
        }
        return new EmbeddingTable(means, dimension);
    }
}
