using Diarizer.Training.Data;

namespace Diarizer.Training.Sampling;

/// <summary>Rows of a triplet: the first two of one speaker, the third of another.</summary>
internal readonly record struct RowTriplet(int Anchor, int Positive, int Negative);

/// <summary>Deep Speaker's <c>random_batch</c>: two random rows of a random speaker and one of another.</summary>
internal static class RandomTriplets
{
    /// <param name="labels">The speaker of each row.</param>
    /// <exception cref="ArgumentException">No speaker has two rows, or there is one speaker only.</exception>
    public static RowTriplet[] Draw(IReadOnlyList<long> labels, int count, ref SeededRandom random)
    {
        var rows = new LabelledRows(labels);
        if (!rows.HasSame || !rows.HasDifferent)
            throw new ArgumentException("A triplet needs two rows of one speaker and one of another.", nameof(labels));
        var triplets = new RowTriplet[count];
        foreach (ref var triplet in triplets.AsSpan())
        {
            var (speaker, anchor, positive) = rows.Same(ref random);
            triplet = new RowTriplet(anchor, positive, rows.Other(speaker, ref random));
        }
        return triplets;
    }
}
