using Diarizer.Training.Data;

namespace Diarizer.Training.Augmentation;

/// <summary>Changes a crop the way the world does. An instance keeps scratch memory and belongs to one thread.</summary>
internal interface IAugmentation
{
    /// <summary>How often it is applied, 0 to 1.</summary>
    double Probability { get; }

    /// <summary>Changes the samples in place; everything random comes from <paramref name="random"/>.</summary>
    /// <param name="speaker">Whose crop it is, so that nobody babbles behind themself.</param>
    void Apply(Span<float> samples, string speaker, ref SeededRandom random);
}
