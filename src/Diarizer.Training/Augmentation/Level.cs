using System.Numerics.Tensors;
using Diarizer.Audio;

namespace Diarizer.Training.Augmentation;

/// <summary>Powers and decibels.</summary>
internal static class Level
{
    /// <summary>Mean square.</summary>
    public static float Power(ReadOnlySpan<float> samples) => samples.IsEmpty ? 0 : TensorPrimitives.SumOfSquares(samples) / samples.Length;

    /// <summary>Mean square over the frames of 10 ms whose mark is not zero; 0 without any.</summary>
    public static float ActivePower<T>(ReadOnlySpan<float> samples, ReadOnlySpan<T> marks)
        where T : unmanaged, IEquatable<T>
    {
        double sum = 0;
        int count = 0;
        for (int i = 0; i < marks.Length; i++)
        {
            if (marks[i].Equals(default))
                continue;
            sum += Power(samples.Slice(i * SampleClock.Hop, SampleClock.Hop));
            count++;
        }
        return count == 0 ? 0 : (float)(sum / count);
    }

    /// <summary>Amplitude factor of a number of decibels.</summary>
    public static float Amplitude(double decibels) => (float)Math.Pow(10, decibels / 20);

    /// <summary>Adds <paramref name="added"/> so that <paramref name="signal"/>'s power lies <paramref name="snr"/> dB above it; silence stays as it is.</summary>
    public static void Mix(Span<float> signal, ReadOnlySpan<float> added, double snr)
    {
        float power = Power(signal), other = Power(added);
        if (power <= 0 || other <= 0)
            return;
        float scale = MathF.Sqrt(power / other) * Amplitude(-snr);
        TensorPrimitives.MultiplyAdd(added, scale, signal, signal);
    }
}
