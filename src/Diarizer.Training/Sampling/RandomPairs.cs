using Diarizer.Training.Data;

namespace Diarizer.Training.Sampling;

/// <summary>Two different rows.</summary>
internal readonly record struct RowPair(int First, int Second);

/// <summary>Random pairs of rows of one speaker and of two.</summary>
internal static class RandomPairs
{
    /// <summary>Index of the random numbers of a step's pairs.</summary>
    public const long Stream = -4;

    /// <param name="labels">The speaker of each row.</param>
    /// <param name="sameShare">Probability that a pair is of one speaker, where both kinds can be had.</param>
    /// <exception cref="ArgumentException">There are not two rows.</exception>
    public static RowPair[] Draw(IReadOnlyList<long> labels, int count, double sameShare, ref SeededRandom random)
    {
        var rows = new LabelledRows(labels);
        if (!rows.HasSame && !rows.HasDifferent)
            throw new ArgumentException("A pair needs two rows.", nameof(labels));
        var pairs = new RowPair[count];
        foreach (ref var pair in pairs.AsSpan())
            pair = rows.HasSame && (!rows.HasDifferent || random.Chance(sameShare)) ? Same(rows, ref random) : Different(rows, ref random);
        return pairs;
    }

    private static RowPair Same(LabelledRows rows, ref SeededRandom random)
    {
        var (_, first, second) = rows.Same(ref random);
        return new RowPair(first, second);
    }

    private static RowPair Different(LabelledRows rows, ref SeededRandom random)
    {
        var (speaker, first) = rows.Any(ref random);
        return new RowPair(first, rows.Other(speaker, ref random));
    }
}
