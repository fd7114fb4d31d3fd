using System.Numerics.Tensors;

namespace Diarizer.Streaming.Corrections;

/// <summary>
/// Agglomerative clustering by probability: of all pairs of clusters the one is merged whose windows are likeliest to be one voice's rather than two voices',
/// as long as any pair's are (log-likelihood ratios of the two-covariance model: Brümmer and de Villiers 2010, section 4). How much a cluster says grows with its
/// speech, so that nothing needs a threshold of similarity.
/// </summary>
internal sealed class EvidenceClustering
{
    private readonly MappedWindows _windows;
    private readonly double[] _evidence, _likelihood, _best;
    private readonly float[][] _sums;
    private readonly float[] _ratios, _sum, _squares, _weights, _channel;
    private readonly int[] _partner, _root;
    private readonly int _count;

    private EvidenceClustering(MappedWindows windows, double scale)
    {
        (_windows, _count) = (windows, windows.Count);
        (_evidence, _likelihood, _best) = (new double[_count], new double[_count], new double[_count]);
        _sums = new float[_count][];
        _ratios = new float[_count * _count];
        (_sum, _squares, _weights, _channel) = (new float[windows.Dimension], new float[windows.Dimension], new float[windows.Dimension], new float[windows.Dimension]);
        (_partner, _root) = (new int[_count], new int[_count]);
        for (int i = 0; i < _count; i++)
            _evidence[i] = scale * windows.Seconds[i] / windows.Noise;
    }

    /// <summary>Clusters windows.</summary>
    /// <param name="windows">At least one.</param>
    /// <param name="options">Scale of the evidence and the ratio from which clusters are merged.</param>
    /// <returns>The cluster of each window, from 0.</returns>
    public static int[] Cluster(MappedWindows windows, CorrectionOptions options)
    {
        var channel = new float[windows.Dimension];
        Mean(windows, options.ChannelStart, channel);
        // The mean of the windows stands for the channel until the first clustering tells the voices apart.
        int[] labels = new EvidenceClustering(windows, options.ClusteringScale).Run(channel, options.MergeRatio);
        Channel(windows, labels, options.ClusteringScale, channel);
        return new EvidenceClustering(windows, options.ClusteringScale).Run(channel, options.MergeRatio);
    }

    private static void Mean(MappedWindows windows, double share, Span<float> mean)
    {
        for (int i = 0; i < windows.Count; i++)
            TensorPrimitives.MultiplyAdd(windows.Points[i], (float)windows.Seconds[i], mean, mean);
        TensorPrimitives.Multiply(mean, (float)(share / windows.Seconds.Sum()), mean);
    }

    private static void Channel(MappedWindows windows, int[] labels, double scale, Span<float> channel)
    {
        int count = labels.Max() + 1;
        var evidence = new double[count];
        var sums = Enumerable.Range(0, count).Select(_ => new float[windows.Dimension]).ToArray();
        for (int i = 0; i < labels.Length; i++)
        {
            double own = scale * windows.Seconds[i] / windows.Noise;
            evidence[labels[i]] += own;
            TensorPrimitives.MultiplyAdd(windows.Points[i], (float)own, sums[labels[i]], sums[labels[i]]);
        }

        SessionChannel.Estimate(windows, evidence, sums, channel);
    }

    private int[] Run(ReadOnlySpan<float> channel, double least)
    {
        channel.CopyTo(_channel);
        for (int i = 0; i < _count; i++)
        {
            _root[i] = i;
            _sums[i] = new float[_windows.Dimension];
            TensorPrimitives.Subtract(_windows.Points[i], _channel, _sums[i]);
            TensorPrimitives.Multiply(_sums[i], (float)_evidence[i], _sums[i]);
            _likelihood[i] = Likelihood(_evidence[i], _sums[i]);
        }

        for (int i = 0; i < _count; i++)
        {
            for (int j = i + 1; j < _count; j++)
                _ratios[(i * _count) + j] = _ratios[(j * _count) + i] = Ratio(i, j);
        }

        for (int i = 0; i < _count; i++)
            FindPartner(i);
        while (Closest() is var first and >= 0 && _best[first] >= least)
            Merge(first, _partner[first]);
        return Labels();
    }

    private int Closest()
    {
        int closest = -1;
        for (int i = 0; i < _count; i++)
        {
            if (IsCluster(i) && _partner[i] >= 0 && (closest < 0 || _best[i] > _best[closest]))
                closest = i;
        }

        return closest;
    }

    private bool IsCluster(int i) => _root[i] == i;

    private void Merge(int a, int b)
    {
        var (kept, gone) = (Math.Min(a, b), Math.Max(a, b));
        _root[gone] = kept;
        _evidence[kept] += _evidence[gone];
        TensorPrimitives.Add(_sums[kept], _sums[gone], _sums[kept]);
        _likelihood[kept] = Likelihood(_evidence[kept], _sums[kept]);
        for (int i = 0; i < _count; i++)
        {
            if (i != kept && IsCluster(i))
                _ratios[(i * _count) + kept] = _ratios[(kept * _count) + i] = Ratio(kept, i);
        }

        FindPartner(kept);
        for (int i = 0; i < _count; i++)
        {
            if (i == kept || !IsCluster(i))
                continue;
            if (_partner[i] == kept || _partner[i] == gone)
                FindPartner(i);
            else if (_ratios[(i * _count) + kept] > _best[i])
                (_best[i], _partner[i]) = (_ratios[(i * _count) + kept], kept);
        }
    }

    private void FindPartner(int i)
    {
        (_best[i], _partner[i]) = (double.NegativeInfinity, -1);
        for (int j = 0; j < _count; j++)
        {
            if (j != i && IsCluster(j) && _ratios[(i * _count) + j] > _best[i])
                (_best[i], _partner[i]) = (_ratios[(i * _count) + j], j);
        }
    }

    private float Ratio(int i, int j)
    {
        TensorPrimitives.Add(_sums[i], _sums[j], _sum);
        return (float)(Likelihood(_evidence[i] + _evidence[j], _sum) - _likelihood[i] - _likelihood[j]);
    }

    // Of points that sum up to that, under one voice, beside their likelihood under none.
    private double Likelihood(double evidence, ReadOnlySpan<float> sum)
    {
        TensorPrimitives.Multiply(_windows.Voice, (float)evidence, _weights);
        TensorPrimitives.Add(_weights, 1f, _weights);
        TensorPrimitives.Multiply(sum, sum, _squares);
        TensorPrimitives.Multiply(_squares, _windows.Voice, _squares);
        TensorPrimitives.Divide(_squares, _weights, _squares);
        TensorPrimitives.Log(_weights, _weights);
        return 0.5 * (TensorPrimitives.Sum<float>(_squares) - TensorPrimitives.Sum<float>(_weights));
    }

    private int[] Labels()
    {
        var numbers = new Dictionary<int, int>();
        var labels = new int[_count];
        for (int i = 0; i < _count; i++)
        {
            int root = i;
            while (_root[root] != root)
                root = _root[root];
            if (!numbers.TryGetValue(root, out labels[i]))
                numbers[root] = labels[i] = numbers.Count;
        }

        return labels;
    }
}
