using System.Numerics.Tensors;

namespace Diarizer.Training.Augmentation;

/// <summary>A room's answer to an impulse, cut so that the direct sound is at a known sample.</summary>
/// <param name="Taps">From shortly before the direct sound to the end of the tail, faded out, of unit energy.</param>
/// <param name="Direct">Index of the direct sound.</param>
internal sealed record ImpulseResponse(float[] Taps, int Direct)
{
    private const int Before = 32, Early = 40;

    /// <summary>Cuts a recorded response.</summary>
    /// <param name="recorded">Samples at 16 kHz.</param>
    /// <param name="longest">Samples to keep.</param>
    public static ImpulseResponse From(ReadOnlySpan<float> recorded, int longest)
    {
        if (recorded.IsEmpty || TensorPrimitives.SumOfSquares(recorded) <= 0)
            throw new UserErrorException("An impulse response is empty or silent; take it out of the noise list.");
        int peak = TensorPrimitives.IndexOfMaxMagnitude(recorded);
        int start = Math.Max(0, peak - Before);
        float[] taps = recorded.Slice(start, Math.Min(longest, recorded.Length - start)).ToArray();
        int fade = taps.Length / 5;
        for (int i = 0; i < fade; i++)
            taps[^(i + 1)] *= i / (float)fade;
        TensorPrimitives.Multiply(taps, 1 / MathF.Sqrt(TensorPrimitives.SumOfSquares<float>(taps)), taps);
        return new ImpulseResponse(taps, peak - start);
    }

    /// <summary>The answer at another place of the same room: the direct sound louder (nearer) or softer, the rest alike; of unit energy again.</summary>
    /// <param name="decibels">Change of the direct sound.</param>
    public ImpulseResponse AtSeat(double decibels)
    {
        float[] taps = [.. Taps];
        var direct = taps.AsSpan(0, Math.Min(taps.Length, Direct + Early));
        TensorPrimitives.Multiply(direct, Level.Amplitude(decibels), direct);
        TensorPrimitives.Multiply(taps, 1 / MathF.Sqrt(TensorPrimitives.SumOfSquares<float>(taps)), taps);
        return new ImpulseResponse(taps, Direct);
    }
}
