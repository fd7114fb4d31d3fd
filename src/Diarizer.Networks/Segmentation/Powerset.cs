using System.Numerics;

namespace Diarizer.Networks.Segmentation;

/// <summary>
/// The classes of a network that tells who of a few local speakers talks: every set of at most so many of them is one class, the empty set
/// (silence) the first, then single speakers, then pairs (Plaquet and Bredin 2023, "Powerset multi-class cross entropy loss for neural
/// speaker diarization"). Sets are bit masks, bit k for speaker k. Immutable.
/// </summary>
public sealed class Powerset
{
    private readonly byte[] _sets;
    private readonly int[] _classes;

    /// <summary>Lists the sets.</summary>
    /// <param name="speakers">Local speakers, 1 to 4.</param>
    /// <param name="simultaneous">The most of them at once, 1 to <paramref name="speakers"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of bounds.</exception>
    public Powerset(int speakers, int simultaneous)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(speakers, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(speakers, 4);
        ArgumentOutOfRangeException.ThrowIfLessThan(simultaneous, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(simultaneous, speakers);
        (Speakers, Simultaneous) = (speakers, simultaneous);
        _sets = [.. Enumerable.Range(0, 1 << speakers).Select(set => (byte)set).Where(set => BitOperations.PopCount(set) <= simultaneous)
            .OrderBy(set => BitOperations.PopCount(set)).ThenBy(set => set)];
        _classes = [.. Enumerable.Range(0, 1 << speakers).Select(set => Array.IndexOf(_sets, (byte)set))];
        Permutations = [.. Orders(speakers)];
    }

    /// <summary>Local speakers.</summary>
    public int Speakers { get; }

    /// <summary>The most speakers of a set.</summary>
    public int Simultaneous { get; }

    /// <summary>Number of classes.</summary>
    public int Classes => _sets.Length;

    /// <summary>All orders of the speakers, the identity first: element k of an order is where speaker k goes.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Permutations { get; }

    /// <summary>The set of a class.</summary>
    public byte SetOf(int @class) => _sets[@class];

    /// <summary>The class of a set; -1 where too many talk at once.</summary>
    public int ClassOf(byte set) => _classes[set];

    /// <summary>The class that a class becomes when its speakers change places.</summary>
    /// <param name="class">A class.</param>
    /// <param name="permutation">Element k is where speaker k goes.</param>
    public int Permuted(int @class, IReadOnlyList<int> permutation)
    {
        ArgumentNullException.ThrowIfNull(permutation);
        int set = 0;
        for (int speaker = 0; speaker < Speakers; speaker++)
        {
            if ((_sets[@class] >> speaker & 1) != 0)
                set |= 1 << permutation[speaker];
        }
        return _classes[set];
    }

    private static IEnumerable<int[]> Orders(int count)
    {
        if (count == 0)
            return [[]];
        return Orders(count - 1).SelectMany(shorter => Enumerable.Range(0, count).Select(place => (int[])[.. shorter[..(count - 1 - place)], count - 1, .. shorter[(count - 1 - place)..]]));
    }
}
