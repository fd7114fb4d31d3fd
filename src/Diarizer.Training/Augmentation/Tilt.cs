using Diarizer.Training.Data;

namespace Diarizer.Training.Augmentation;

/// <summary>Tilts the spectrum by a shelf, as microphones and their positions do.</summary>
internal sealed class Tilt(TiltOptions options) : IAugmentation
{
    public double Probability => options.Probability;

    public void Apply(Span<float> samples, string speaker, ref SeededRandom random)
    {
        double hertz = Math.Exp(random.Between(Math.Log(300), Math.Log(4_000)));
        Biquad.HighShelf(hertz, Diarizer.Audio.SampleClock.Rate, random.Between(options.Decibels[0], options.Decibels[1])).Apply(samples);
    }
}
