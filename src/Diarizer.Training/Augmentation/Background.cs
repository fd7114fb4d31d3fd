using System.Numerics.Tensors;
using Diarizer.Training.Data;

namespace Diarizer.Training.Augmentation;

/// <summary>What is heard beside the people of a scene: other voices far away, synthetic and recorded noise, hiss. An instance belongs to one thread.</summary>
internal sealed class Background(BabbleOptions babble, ShapedNoiseOptions shapedNoise, NoiseOptions noise, SpeechLibrary speech, NoiseLibrary? noises)
{
    private readonly Babble _babble = new(babble, speech);
    private readonly ShapedNoise _shapedNoise = new(shapedNoise);
    private float[] _added = [];

    /// <summary>Adds what is drawn, each kind so far below the speech as its options say.</summary>
    /// <param name="power">Mean square of the speech.</param>
    public void Add(Span<float> samples, float power, ref SeededRandom random)
    {
        if (_added.Length < samples.Length)
            _added = new float[samples.Length];
        var added = _added.AsSpan(0, samples.Length);
        if (random.Chance(babble.Probability))
        {
            _babble.Talk(added, "", ref random);
            Add(samples, added, power, random.Between(babble.Snr[0], babble.Snr[1]));
        }
        if (random.Chance(shapedNoise.Probability))
        {
            _shapedNoise.Fill(added, ref random);
            Add(samples, added, power, random.Between(shapedNoise.Snr[0], shapedNoise.Snr[1]));
        }
        if (noises?.Sounds.Count > 0 && random.Chance(noise.Probability))
        {
            noises.Read(added, ref random);
            Add(samples, added, power, random.Between(noise.Snr[0], noise.Snr[1]));
        }
    }

    /// <summary>Microphones hiss, files are silent: both occur.</summary>
    public static void AddHiss(Span<float> samples, ref SeededRandom random)
    {
        if (!random.Chance(0.5))
            return;
        float amplitude = Level.Amplitude(random.Between(-90, -55)) * MathF.Sqrt(3);
        foreach (ref float x in samples)
            x += amplitude * (float)(2 * random.NextDouble() - 1);
    }

    private static void Add(Span<float> samples, ReadOnlySpan<float> added, float power, double snr)
    {
        if (Level.Power(added) is > 0 and var own)
            TensorPrimitives.MultiplyAdd(added, MathF.Sqrt(power / own) * Level.Amplitude(-snr), samples, samples);
    }
}
