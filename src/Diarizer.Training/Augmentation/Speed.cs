using System.Numerics.Tensors;

namespace Diarizer.Training.Augmentation;

/// <summary>
/// Plays audio faster or slower by windowed-sinc interpolation; pitch moves with it, which is why the result counts as another speaker
/// (Ko et al. 2015, "Audio augmentation for speech recognition"). Speeds are in tenths, so the filters of all phases are a small table.
/// </summary>
internal sealed class Speed
{
    private const int HalfWidth = 12;
    private readonly int _tenths;
    private readonly float[][] _phases;
    private float[] _padded = [];

    /// <param name="factor">0.5 to 2, a multiple of 0.1; above 1 is faster and higher.</param>
    public Speed(double factor)
    {
        _tenths = (int)Math.Round(factor * 10);
        // Faster playing moves frequencies up: what would pass half the rate is cut off.
        double cutoff = Math.Min(1, 10.0 / _tenths) * 0.95;
        _phases = [.. Enumerable.Range(0, 10).Select(phase => Filter(phase / 10.0, cutoff))];
    }

    /// <summary>Samples needed to make <paramref name="output"/> samples.</summary>
    public int InputLength(int output) => (int)((output - 1L) * _tenths / 10) + 2;

    /// <summary>Fills <paramref name="output"/> from <see cref="InputLength"/> samples.</summary>
    public void Apply(ReadOnlySpan<float> input, Span<float> output)
    {
        if (_tenths == 10)
        {
            input[..output.Length].CopyTo(output);
            return;
        }
        int needed = input.Length + 2 * HalfWidth;
        if (_padded.Length < needed)
            _padded = new float[needed];
        _padded.AsSpan(0, HalfWidth).Clear();
        input.CopyTo(_padded.AsSpan(HalfWidth));
        _padded.AsSpan(HalfWidth + input.Length, HalfWidth).Clear();
        for (int n = 0; n < output.Length; n++)
        {
            int position = n * _tenths;
            output[n] = TensorPrimitives.Dot<float>(_padded.AsSpan(position / 10 + 1, 2 * HalfWidth), _phases[position % 10]);
        }
    }

    private static float[] Filter(double fraction, double cutoff)
    {
        var taps = new float[2 * HalfWidth];
        double sum = 0;
        for (int k = 0; k < taps.Length; k++)
        {
            double x = k - (HalfWidth - 1) - fraction;
            double sinc = x == 0 ? cutoff : Math.Sin(Math.PI * cutoff * x) / (Math.PI * x);
            double window = 0.5 + 0.5 * Math.Cos(Math.PI * x / HalfWidth);
            taps[k] = (float)(sinc * window);
            sum += taps[k];
        }
        for (int k = 0; k < taps.Length; k++)
            taps[k] /= (float)sum;
        return taps;
    }
}
