using Diarizer.Training.Data;

namespace Diarizer.Training.Augmentation;

/// <summary>Adds synthetic noise of a random band.</summary>
internal sealed class AddedShapedNoise(ShapedNoiseOptions options) : IAugmentation
{
    private readonly ShapedNoise _noise = new(options);
    private float[] _added = [];

    public double Probability => options.Probability;

    public void Apply(Span<float> samples, string speaker, ref SeededRandom random)
    {
        if (_added.Length < samples.Length)
            _added = new float[samples.Length];
        var added = _added.AsSpan(0, samples.Length);
        _noise.Fill(added, ref random);
        Level.Mix(samples, added, random.Between(options.Snr[0], options.Snr[1]));
    }
}
