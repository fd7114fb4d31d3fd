using Diarizer.Audio;
using Diarizer.Training.Data;

namespace Diarizer.Training.Augmentation;

/// <summary>
/// Noise through a random band with a level that wanders: rumble and handling where the band is low, breath, wind and rustling where it is
/// high. Recorded noise libraries hold little of what a microphone on a table or at a mouth hears between words.
/// </summary>
internal sealed class ShapedNoise(ShapedNoiseOptions options)
{
    private const int EnvelopeStep = SampleClock.Hop;

    /// <summary>Overwrites a span; the level is arbitrary.</summary>
    public void Fill(Span<float> samples, ref SeededRandom random)
    {
        for (int i = 0; i < samples.Length; i++)
            samples[i] = (float)(2 * random.NextDouble() - 1);
        double centre = Math.Exp(random.Between(Math.Log(options.Hertz[0]), Math.Log(options.Hertz[1])));
        double octaves = random.Between(0.5, 3);
        // A band that starts below what speech holds is left open, down to the lowest rumble.
        double low = centre * Math.Pow(2, -octaves / 2), high = Math.Min(centre * Math.Pow(2, octaves / 2), 0.45 * SampleClock.Rate);
        Biquad.LowPass(high, SampleClock.Rate).Apply(samples);
        if (low > 100)
            Biquad.HighPass(low, SampleClock.Rate).Apply(samples);
        Wander(samples, ref random);
    }

    /// <summary>Multiplies by a level in decibels that follows an Ornstein-Uhlenbeck process, interpolated between 10 ms points.</summary>
    private void Wander(Span<float> samples, ref SeededRandom random)
    {
        double spread = random.Between(options.Spread[0], options.Spread[1]);
        double keep = Math.Exp(-0.01 / Math.Exp(random.Between(Math.Log(0.05), Math.Log(1))));
        double decibels = spread * random.Normal();
        float level = Level.Amplitude(decibels);
        for (int at = 0; at < samples.Length; at += EnvelopeStep)
        {
            decibels = keep * decibels + Math.Sqrt(1 - keep * keep) * spread * random.Normal();
            float next = Level.Amplitude(decibels);
            int length = Math.Min(EnvelopeStep, samples.Length - at);
            for (int i = 0; i < length; i++)
                samples[at + i] *= level + (next - level) * i / EnvelopeStep;
            level = next;
        }
    }
}
