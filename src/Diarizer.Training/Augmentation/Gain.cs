using System.Numerics.Tensors;
using Diarizer.Training.Data;

namespace Diarizer.Training.Augmentation;

/// <summary>Sets the level at random; what exceeds full scale is clipped as a converter would.</summary>
internal sealed class Gain(GainOptions options) : IAugmentation
{
    public double Probability => options.Probability;

    public void Apply(Span<float> samples, string speaker, ref SeededRandom random)
    {
        TensorPrimitives.Multiply(samples, Level.Amplitude(random.Between(options.Decibels[0], options.Decibels[1])), samples);
        foreach (ref float x in samples)
            x = Math.Clamp(x, -1, 1);
    }
}
