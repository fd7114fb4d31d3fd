namespace Diarizer.Training.Data;

/// <summary>
/// Random numbers that are a function of (seed, step, index) alone: batches do not depend on the number of workers, and a resumed run
/// continues with exactly those it would have had. SplitMix64 (Steele et al. 2014).
/// </summary>
internal struct SeededRandom
{
    private const ulong Golden = 0x9E3779B97F4A7C15;
    private ulong _state;

    public SeededRandom(long seed, long step, long index)
    {
        _state = Mix(Mix(Mix((ulong)seed + Golden) ^ (ulong)step + Golden) ^ (ulong)index + Golden);
    }

    public ulong NextUInt64() => Mix(_state += Golden);

    /// <summary>Uniform in [0, 1).</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in [low, high).</summary>
    public double Between(double low, double high) => low + (high - low) * NextDouble();

    /// <summary>Uniform over 0 … count - 1.</summary>
    public int Below(int count) => (int)(NextDouble() * count);

    /// <summary>Uniform over 0 … count - 1.</summary>
    public long Below(long count) => (long)(NextDouble() * count);

    /// <summary>True with the given probability.</summary>
    public bool Chance(double probability) => NextDouble() < probability;

    /// <summary>Standard normal (Box-Muller).</summary>
    public double Normal() => Math.Sqrt(-2 * Math.Log(1 - NextDouble())) * Math.Cos(2 * Math.PI * NextDouble());

    /// <summary>Shuffles in place (Fisher-Yates).</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (int i = items.Length - 1; i > 0; i--)
        {
            int j = Below(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
