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

    public int Count => count;

    /// <summary>Posterior mean of a voice.</summary>
    public ReadOnlySpan<float> Mean(int voice) => _means[voice];

    /// <summary>Expected square of a voice's mean: that of the posterior's mean and its variance over all dimensions.</summary>
    public double Spread(int voice) => _spread[voice];

    /// <summary>Adds up what the windows say of each voice.</summary>
    /// <param name="windows">Embeddings.</param>
    /// <param name="precisions">Weight of each window, for each dimension.</param>
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
    /// <param name="model">Variances and scales.</param>
    /// <param name="channel">Gets the channel.</param>
    public void Settle(CorrectionOptions model, Span<float> channel)
    {
        double prior = model.PriorScale * dimension / model.VoiceVariance;
        double precision = dimension / model.ChannelVariance;
        channel.Clear();
        for (int k = 0; k < count; k++)
        {
            if (_evidence[k] < Nothing)
                continue;
            double weight = 1 / ((1 / prior) + (1 / _evidence[k]));
            precision += weight;
            TensorPrimitives.MultiplyAdd(_sums[k], (float)(weight / _evidence[k]), channel, channel);
        }

        TensorPrimitives.Divide(channel, (float)precision, channel);
        for (int k = 0; k < count; k++)
        {
            double own = prior + _evidence[k];
            TensorPrimitives.Multiply(channel, (float)(prior / own), _means[k]);
            TensorPrimitives.MultiplyAdd(_sums[k], (float)(1 / own), _means[k], _means[k]);
            _spread[k] = TensorPrimitives.SumOfSquares<float>(_means[k]) + (dimension / own);
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
