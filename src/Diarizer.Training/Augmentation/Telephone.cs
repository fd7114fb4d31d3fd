using Diarizer.Training.Data;

namespace Diarizer.Training.Augmentation;

/// <summary>A telephone line: band-pass, 8 kHz, mu-law or A-law.</summary>
internal sealed class Telephone(TelephoneOptions options) : IAugmentation
{
    private const double NarrowRate = 8_000;
    private float[] _narrow = [], _padded = [];

    public double Probability => options.Probability;

    public void Apply(Span<float> samples, string speaker, ref SeededRandom random)
    {
        int half = (samples.Length + 1) / 2;
        if (_narrow.Length < half)
            (_narrow, _padded) = (new float[half], new float[2 * half + 64]);
        var narrow = _narrow.AsSpan(0, half);
        HalfRate.Down(samples, narrow, _padded);
        Biquad.HighPass(random.Between(options.LowestHertz[0], options.LowestHertz[1]), NarrowRate).Apply(narrow);
        Biquad.LowPass(random.Between(options.HighestHertz[0], options.HighestHertz[1]), NarrowRate).Apply(narrow);
        Compand(narrow, ref random);
        HalfRate.Up(narrow, samples, _padded);
    }

    private static void Compand(Span<float> narrow, ref SeededRandom random)
    {
        // Lines are driven at about -26 dB (ITU-T P.56); the coding noise depends on it.
        float level = MathF.Sqrt(Level.Power(narrow));
        float target = Level.Amplitude(random.Between(-34, -18));
        bool mu = random.Chance(0.5);
        if (level <= 0)
            return;
        System.Numerics.Tensors.TensorPrimitives.Multiply(narrow, target / level, narrow);
        if (mu)
            Companding.MuLaw(narrow);
        else
            Companding.ALaw(narrow);
        System.Numerics.Tensors.TensorPrimitives.Multiply(narrow, level / target, narrow);
    }
}
