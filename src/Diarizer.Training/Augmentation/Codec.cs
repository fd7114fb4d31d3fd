using System.Numerics.Tensors;
using Diarizer.Audio;
using Diarizer.Audio.Files;
using Diarizer.Training.Data;

namespace Diarizer.Training.Augmentation;

/// <summary>A speech codec: of mobile and cordless telephones at 8 kHz, of conferences at 16 kHz.</summary>
internal sealed class Codec(CodecOptions options) : IAugmentation
{
    /// <summary>A loud talker's peak, which the codecs' step sizes are made for.</summary>
    private const float Peak = 0.5f;

    private float[] _narrow = [], _padded = [];

    public double Probability => options.Probability;

    public void Apply(Span<float> samples, string speaker, ref SeededRandom random)
    {
        var codec = options.Kinds[random.Below(options.Kinds.Length)];
        float peak = MathF.Abs(TensorPrimitives.MaxMagnitude<float>(samples));
        if (peak <= 0)
            return;
        TensorPrimitives.Multiply(samples, Peak / peak, samples);
        if (codec == LossyCodec.Opus)
            codec.RoundTrip(samples, SampleClock.Rate);
        else
            Narrow(codec, samples);
        TensorPrimitives.Multiply(samples, peak / Peak, samples);
    }

    private void Narrow(LossyCodec codec, Span<float> samples)
    {
        int half = (samples.Length + 1) / 2;
        if (_narrow.Length < half)
            (_narrow, _padded) = (new float[half], new float[2 * half + 64]);
        var narrow = _narrow.AsSpan(0, half);
        HalfRate.Down(samples, narrow, _padded);
        codec.RoundTrip(narrow, SampleClock.Rate / 2);
        HalfRate.Up(narrow, samples, _padded);
    }
}
