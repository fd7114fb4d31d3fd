using System.Numerics.Tensors;
using Diarizer.Training.Data;

namespace Diarizer.Training.Augmentation;

/// <summary>Cheap electronics: clipping and few bits.</summary>
internal sealed class Degradation(DegradationOptions options) : IAugmentation
{
    public double Probability => options.Probability;

    public void Apply(Span<float> samples, string speaker, ref SeededRandom random)
    {
        float peak = TensorPrimitives.MaxMagnitude<float>(samples);
        peak = MathF.Abs(peak);
        bool clip = random.Chance(0.5);
        float limit = peak * (float)random.Between(options.ClipAt[0], options.ClipAt[1]);
        double bits = random.Between(options.Bits[0], options.Bits[1]);
        if (peak <= 0)
            return;
        if (clip)
        {
            foreach (ref float x in samples)
                x = Math.Clamp(x, -limit, limit);
            return;
        }
        float step = peak * (float)Math.Pow(2, 1 - bits);
        foreach (ref float x in samples)
            x = MathF.Round(x / step) * step;
    }
}
