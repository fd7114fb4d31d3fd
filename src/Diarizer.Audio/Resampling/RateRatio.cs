namespace Diarizer.Audio.Resampling;

/// <summary>Exact arithmetic between two sample clocks that started together.</summary>
/// <param name="InputRate">Frames per second in.</param>
/// <param name="OutputRate">Samples per second out.</param>
public readonly record struct RateRatio(int InputRate, int OutputRate)
{
    /// <summary>
    /// round(frames * OutputRate / InputRate), halves up. Everything that must add up (audio, gaps, totals) is a difference of two such
    /// positions, so that no remainder is ever lost.
    /// </summary>
    public long OutputPosition(long frames) =>
        (long)(((Int128)frames * OutputRate * 2 + InputRate) / (2L * InputRate));
}
