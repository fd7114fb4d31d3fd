using System.Numerics.Tensors;

namespace Diarizer.Streaming.Clustering;

/// <summary>Symmetric distances between items, each pair stored once: 2 n² bytes.</summary>
public sealed class DistanceMatrix
{
    /// <summary>The most items: the pairs must fit an array.</summary>
    public const int MostItems = 65_536;

    private readonly float[] _values;

    /// <summary>All distances 0.</summary>
    /// <param name="count">Items, 1 to <see cref="MostItems"/>.</param>
    public DistanceMatrix(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, MostItems);
        Count = count;
        _values = new float[(long)count * (count - 1) / 2];
    }

    private DistanceMatrix(DistanceMatrix other)
    {
        Count = other.Count;
        _values = [.. other._values];
    }

    /// <summary>Items.</summary>
    public int Count { get; }

    /// <summary>The distance of two different items, in either order; positive infinity for two that must never meet.</summary>
    public float this[int first, int second]
    {
        get => _values[Index(first, second)];
        set => _values[Index(first, second)] = value;
    }

    /// <summary>Cosine distances, 1 - cos.</summary>
    /// <param name="vectors">Rows [n, D], of any length but 0.</param>
    /// <param name="dimension">D.</param>
    public static DistanceMatrix Cosine(ReadOnlySpan<float> vectors, int dimension)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        var matrix = new DistanceMatrix(vectors.Length / dimension);
        for (int i = 0; i < matrix.Count; i++)
        {
            var row = vectors.Slice(i * dimension, dimension);
            for (int j = i + 1; j < matrix.Count; j++)
                matrix[i, j] = 1 - TensorPrimitives.CosineSimilarity(row, vectors.Slice(j * dimension, dimension));
        }
        return matrix;
    }

    internal DistanceMatrix Copy() => new(this);

    private long Index(int first, int second)
    {
        if (first == second)
            throw new ArgumentException("An item has no distance to itself.", nameof(second));
        long low = Math.Min(first, second), high = Math.Max(first, second);
        return low * (2L * Count - low - 3) / 2 + high - 1;
    }
}
