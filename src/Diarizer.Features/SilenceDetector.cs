using System.Numerics.Tensors;
using Diarizer.Audio;

namespace Diarizer.Features;

/// <summary>
/// Finds the stretches of a recording of one speaker that are not silent, by the energy of its 10 ms frames against the recording's own loud and quiet ones. Meant for preparing
/// training data, as Deep Speaker does (Li et al. 2017); rooms need a voice activity network.
/// </summary>
public static class SilenceDetector
{
    private const double LoudShare = 0.95, QuietShare = 0.1;
    private const float LeastPower = 1e-10f;

    /// <summary>The stretches to keep, in order and apart from each other.</summary>
    /// <param name="samples">Mono audio in [-1, 1] at 16 kHz.</param>
    /// <param name="options">Thresholds.</param>
    /// <returns>First sample and length of each; the whole recording when nothing stands out, as in steady noise or where it is shorter than a frame.</returns>
    public static IReadOnlyList<(int Start, int Length)> Speech(ReadOnlySpan<float> samples, SilenceOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        double[] levels = Levels(samples);
        if (levels.Length == 0)
            return [(0, samples.Length)];
        double[] sorted = [.. levels.Order()];
        double threshold = Math.Max(sorted[(int)(LoudShare * (sorted.Length - 1))] - options.Below, sorted[(int)(QuietShare * (sorted.Length - 1))] + options.AboveFloor);
        int padding = (int)(options.Padding * SampleClock.Rate);
        var kept = new List<(int Start, int Length)>();
        for (int i = 0; i < levels.Length; i++)
        {
            if (levels[i] < threshold)
                continue;
            int start = Math.Max(0, i * SampleClock.Hop - padding), end = Math.Min(samples.Length, (i + 1) * SampleClock.Hop + padding);
            if (kept.Count > 0 && kept[^1].Start + kept[^1].Length >= start)
                kept[^1] = (kept[^1].Start, end - kept[^1].Start);
            else
                kept.Add((start, end - start));
        }
        return kept.Count > 0 ? kept : [(0, samples.Length)];
    }

    /// <summary>Energy in dB of every whole frame.</summary>
    private static double[] Levels(ReadOnlySpan<float> samples)
    {
        var levels = new double[samples.Length / SampleClock.Hop];
        for (int i = 0; i < levels.Length; i++)
            levels[i] = 10 * Math.Log10(TensorPrimitives.SumOfSquares(samples.Slice(i * SampleClock.Hop, SampleClock.Hop)) / SampleClock.Hop + LeastPower);
        return levels;
    }
}
