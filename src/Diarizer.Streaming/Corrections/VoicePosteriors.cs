using System.Numerics.Tensors;

namespace Diarizer.Streaming.Corrections;

/// <summary>The posteriors of the voices' means and of the channel that they share.</summary>
internal sealed class VoicePosteriors(int count, int dimension)
{
    private const double Nothing = 1e-9;

    private readonly double[] _evidence = new double[count];
    private readonly float[][] _sums = Rows(count, dimension);
    private readonly float[][] _means = Rows(count, dimension);
    private readonly double[] _spread = new double[count];
    private readonly float[] _channel = new float[dimension];

    public int Count => count;

    /// <summary>Posterior mean of a voice.</summary>
    public ReadOnlySpan<float> Mean(int voice) => _means[voice];

    /// <summary>Expected square of a voice's mean: that of the posterior's mean and its variance over all directions.</summary>
    public double Spread(int voice) => _spread[voice];

    /// <summary>Adds up what the windows say of each voice.</summary>
    /// <param name="windows">Points.</param>
    /// <param name="precisions">Weight of each window.</param>
    /// <param name="posteriors">[T, K].</param>
    public void Gather(IReadOnlyList<float[]> windows, ReadOnlySpan<double> precisions, ReadOnlySpan<double> posteriors)
    {
        Array.Clear(_evidence);
        foreach (var sum in _sums)
            Array.Clear(sum);
        for (int t = 0; t < windows.Count; t++)
        {
            for (int k = 0; k < count; k++)
            {
                double weight = posteriors[(t * count) + k] * precisions[t];
                if (weight < Nothing)
                    continue;
                _evidence[k] += weight;
                TensorPrimitives.MultiplyAdd(windows[t], (float)weight, _sums[k], _sums[k]);
            }
        }
    }

    /// <summary>Estimates the channel, then the voices about it (equations 16 and 17 of the paper).</summary>
    /// <param name="windows">Prior variances.</param>
    public void Settle(MappedWindows windows)
    {
        SessionChannel.Estimate(windows, _evidence, _sums, _channel);
        for (int k = 0; k < count; k++)
        {
            double spread = 0;
            for (int d = 0; d < dimension; d++)
            {
                float precision = (float)((1 / windows.Voice[d]) + _evidence[k]);
                float mean = ((_channel[d] / windows.Voice[d]) + _sums[k][d]) / precision;
                _means[k][d] = mean;
                spread += (mean * mean) + (1 / precision);
            }

            _spread[k] = spread;
        }
    }

    private static float[][] Rows(int rows, int columns)
    {
        var all = new float[rows][];
        for (int i = 0; i < rows; i++)
            all[i] = new float[columns];
        return all;
    }
}
