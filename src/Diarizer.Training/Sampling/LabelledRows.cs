using Diarizer.Training.Data;

namespace Diarizer.Training.Sampling;

/// <summary>Rows by the speaker that they are of.</summary>
internal sealed class LabelledRows
{
    private readonly int[][] _all;
    private readonly int[] _several;

    /// <param name="labels">The speaker of each row.</param>
    public LabelledRows(IReadOnlyList<long> labels)
    {
        _all = [.. Enumerable.Range(0, labels.Count).GroupBy(row => labels[row]).Select(group => group.ToArray())];
        _several = [.. Enumerable.Range(0, _all.Length).Where(speaker => _all[speaker].Length > 1)];
    }

    /// <summary>True when a speaker has two rows.</summary>
    public bool HasSame => _several.Length > 0;

    /// <summary>True when there are two speakers.</summary>
    public bool HasDifferent => _all.Length > 1;

    /// <summary>Two rows of a random speaker who has so many.</summary>
    public (int Speaker, int First, int Second) Same(ref SeededRandom random)
    {
        int speaker = _several[random.Below(_several.Length)];
        int first = random.Below(_all[speaker].Length);
        int second = random.Below(_all[speaker].Length - 1);
        return (speaker, _all[speaker][first], _all[speaker][second < first ? second : second + 1]);
    }

    /// <summary>A row of a random speaker.</summary>
    public (int Speaker, int Row) Any(ref SeededRandom random)
    {
        int speaker = random.Below(_all.Length);
        return (speaker, _all[speaker][random.Below(_all[speaker].Length)]);
    }

    /// <summary>A row of a random speaker other than <paramref name="speaker"/>.</summary>
    public int Other(int speaker, ref SeededRandom random)
    {
        int other = random.Below(_all.Length - 1);
        int[] rows = _all[other < speaker ? other : other + 1];
        return rows[random.Below(rows.Length)];
    }
}
