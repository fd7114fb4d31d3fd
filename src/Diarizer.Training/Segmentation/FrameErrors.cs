using System.Numerics;
using Diarizer.Networks.Segmentation;

namespace Diarizer.Training.Segmentation;

/// <summary>
/// Errors of windows as the diarization error rate counts them, in frames, under each window's best order of the local speakers
/// (NIST RT-09 evaluation plan, section 6.1).
/// </summary>
internal sealed class FrameErrors(Powerset powerset)
{
    public long Speech { get; private set; }

    public long Miss { get; private set; }

    public long FalseAlarm { get; private set; }

    public long Confusion { get; private set; }

    /// <summary>Share of the speech that is wrong.</summary>
    public double Rate => ShareOf(Miss + FalseAlarm + Confusion);

    /// <summary>Frames as a share of the speech; 0 where there is none.</summary>
    public double ShareOf(long frames) => Speech == 0 ? 0 : frames / (double)Speech;

    /// <summary>Adds one window.</summary>
    /// <param name="targets">Classes that are right.</param>
    /// <param name="found">Classes that were found.</param>
    public void Add(ReadOnlySpan<long> targets, ReadOnlySpan<int> found)
    {
        (long Speech, long Miss, long FalseAlarm, long Confusion) best = (0, 0, 0, long.MaxValue);
        foreach (var permutation in powerset.Permutations)
        {
            var errors = Count(targets, found, permutation);
            if (errors.Confusion < best.Confusion)
                best = errors;
        }
        (Speech, Miss, FalseAlarm, Confusion) = (Speech + best.Speech, Miss + best.Miss, FalseAlarm + best.FalseAlarm, Confusion + best.Confusion);
    }

    private (long Speech, long Miss, long FalseAlarm, long Confusion) Count(ReadOnlySpan<long> targets, ReadOnlySpan<int> found, IReadOnlyList<int> permutation)
    {
        long speech = 0, miss = 0, falseAlarm = 0, confusion = 0;
        for (int i = 0; i < targets.Length; i++)
        {
            uint right = powerset.SetOf((int)targets[i]), said = powerset.SetOf(powerset.Permuted(found[i], permutation));
            int n = BitOperations.PopCount(right), m = BitOperations.PopCount(said), both = BitOperations.PopCount(right & said);
            speech += n;
            miss += Math.Max(0, n - m);
            falseAlarm += Math.Max(0, m - n);
            confusion += Math.Min(n, m) - both;
        }
        return (speech, miss, falseAlarm, confusion);
    }
}
