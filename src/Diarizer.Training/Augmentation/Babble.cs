using System.Numerics.Tensors;
using Diarizer.Training.Data;

namespace Diarizer.Training.Augmentation;

/// <summary>Adds several other training speakers at once, far enough below the voice that it stays the voice's crop.</summary>
internal sealed class Babble(BabbleOptions options, SpeechLibrary library) : IAugmentation
{
    private float[] _sum = [], _one = [];

    public double Probability => options.Probability;

    public void Apply(Span<float> samples, string speaker, ref SeededRandom random)
    {
        if (_sum.Length < samples.Length)
            (_sum, _one) = (new float[samples.Length], new float[samples.Length]);
        var sum = _sum.AsSpan(0, samples.Length);
        Talk(sum, speaker, ref random);
        Level.Mix(samples, sum, random.Between(options.Snr[0], options.Snr[1]));
    }

    /// <summary>Fills a span with several speakers of equal level.</summary>
    public void Talk(Span<float> sum, string speaker, ref SeededRandom random)
    {
        if (_one.Length < sum.Length)
            _one = new float[sum.Length];
        var one = _one.AsSpan(0, sum.Length);
        sum.Clear();
        int voices = (int)options.Speakers[0] + random.Below((int)(options.Speakers[1] - options.Speakers[0]) + 1);
        for (int i = 0; i < voices; i++)
        {
            var other = library.Speakers[random.Below(library.Speakers.Count)];
            var utterance = other.Utterances[random.Below(other.Utterances.Count)];
            int offset = random.Below(utterance.Length);
            if (other.Name == speaker)
                continue;
            library.Read(utterance, offset, one);
            if (Level.Power(one) is > 0 and var power)
                TensorPrimitives.MultiplyAdd(one, 1 / MathF.Sqrt(power), sum, sum);
        }
    }
}
