using Diarizer.Training.Data;

namespace Diarizer.Training.Augmentation;

/// <summary>Adds a stretch of recorded noise or music.</summary>
internal sealed class Noise(NoiseOptions options, NoiseLibrary library) : IAugmentation
{
    private float[] _added = [];

    public double Probability => options.Probability;

    public void Apply(Span<float> samples, string speaker, ref SeededRandom random)
    {
        if (_added.Length < samples.Length)
            _added = new float[samples.Length];
        var added = _added.AsSpan(0, samples.Length);
        library.Read(added, ref random);
        Level.Mix(samples, added, random.Between(options.Snr[0], options.Snr[1]));
    }
}
