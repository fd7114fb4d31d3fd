using System.Numerics.Tensors;

namespace Diarizer.Training.Augmentation;

/// <summary>Powers and decibels.</summary>
internal static class Level
{
    /// <summary>Mean square.</summary>
    public static float Power(ReadOnlySpan<float> samples) => samples.IsEmpty ? 0 : TensorPrimitives.SumOfSquares(samples) / samples.Length;

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
