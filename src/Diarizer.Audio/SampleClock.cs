namespace Diarizer.Audio;

/// <summary>The capture clock: every time inside the product is a sample index at <see cref="Rate"/>.</summary>
public static class SampleClock
{
    /// <summary>Samples per second of the internal audio (mono float in [-1, 1]).</summary>
    public const int Rate = 16_000;

    /// <summary>Samples in one feature hop of 10 ms.</summary>
    public const int Hop = Rate / 100;

    /// <summary>Seconds at <paramref name="sample"/>.</summary>
    public static double ToSeconds(long sample) => sample / (double)Rate;

    /// <summary>Milliseconds at <paramref name="sample"/>, rounded down.</summary>
    public static long ToMilliseconds(long sample) => sample * 1000 / Rate;

    /// <summary>The sample nearest to <paramref name="seconds"/>.</summary>
    public static long FromSeconds(double seconds) => (long)Math.Round(seconds * Rate);
}
