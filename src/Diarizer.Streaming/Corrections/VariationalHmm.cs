using System.Numerics.Tensors;

namespace Diarizer.Streaming.Corrections;

/// <summary>
/// Who speaks in which window: a hidden Markov model whose states are voices, each with a posterior of its mean, by variational Bayes (VBx; Landini et al. 2022,
/// "Bayesian HMM clustering of x-vector sequences"). Voices that explain too little die out. Different from the paper, covariances are round, a window counts by
/// the seconds of speech in it, and voices lie about a channel of the session that is estimated with them.
/// </summary>
internal sealed class VariationalHmm
{
    private const double Settled = 1e-3;

    private readonly CorrectionOptions _model;
    private readonly IReadOnlyList<float[]> _windows;
    private readonly double[] _precisions;
    private readonly double[] _stay;
    private readonly double[] _power;
    private readonly float[] _channel;
    private readonly int _dimension;

    /// <param name="model">Variances and scales.</param>
    /// <param name="windows">Embeddings of unit norm in order of time; at least one.</param>
    /// <param name="seconds">Seconds of speech in each.</param>
    /// <param name="centres">Seconds at each window's centre, rising.</param>
    public VariationalHmm(CorrectionOptions model, IReadOnlyList<float[]> windows, ReadOnlySpan<double> seconds, ReadOnlySpan<double> centres)
    {
        _model = model;
        _windows = windows;
        _dimension = windows[0].Length;
        _precisions = new double[windows.Count];
        _stay = new double[windows.Count];
        _power = new double[windows.Count];
        _channel = new float[_dimension];
        for (int t = 0; t < windows.Count; t++)
        {
            _precisions[t] = model.EvidenceScale * seconds[t] * _dimension / model.NoiseVariance;
            _stay[t] = t == 0 ? 0 : model.Stay(Math.Max(0, centres[t] - centres[t - 1]));
            _power[t] = TensorPrimitives.SumOfSquares<float>(windows[t]);
        }
    }

    /// <summary>Improves a first guess.</summary>
    /// <param name="labels">The voice of each window, from 0.</param>
    /// <param name="iterations">The most rounds.</param>
    /// <returns>Probabilities of the voices [T, K], K as in the guess.</returns>
    public double[] Run(ReadOnlySpan<int> labels, int iterations = 30)
    {
        const double FirstGuess = 0.9;
        int voices = 0;
        foreach (int label in labels)
            voices = Math.Max(voices, label + 1);
        var posteriors = new double[labels.Length * voices];
        for (int t = 0; t < labels.Length; t++)
        {
            posteriors.AsSpan(t * voices, voices).Fill((1 - FirstGuess) / voices);
            posteriors[(t * voices) + labels[t]] += FirstGuess;
        }

        var (prior, likelihoods, before) = (new double[voices], new double[posteriors.Length], new double[posteriors.Length]);
        Array.Fill(prior, 1.0 / voices);
        var chain = new ForwardBackward(labels.Length, voices);
        var states = new VoicePosteriors(voices, _dimension);
        for (int i = 0; i < iterations; i++)
        {
            posteriors.CopyTo(before, 0);
            states.Gather(_windows, _precisions, posteriors);
            states.Settle(_model, _channel);
            FillLikelihoods(states, likelihoods);
            chain.Run(likelihoods, _stay, prior, posteriors);
            double entries = TensorPrimitives.Sum<double>(chain.Entries);
            for (int k = 0; k < voices; k++)
                prior[k] = chain.Entries[k] / entries;
            if (TensorPrimitives.Distance<double>(posteriors, before) < Settled)
                break;
        }

        return posteriors;
    }

    // Expected log-likelihoods under the posterior of each voice's mean (equation 23 there), the largest of a window taken off.
    private void FillLikelihoods(VoicePosteriors states, Span<double> likelihoods)
    {
        int voices = states.Count;
        for (int t = 0; t < _windows.Count; t++)
        {
            var row = likelihoods.Slice(t * voices, voices);
            for (int k = 0; k < voices; k++)
                row[k] = -0.5 * _precisions[t] * (_power[t] - (2 * TensorPrimitives.Dot<float>(_windows[t], states.Mean(k))) + states.Spread(k));
            double largest = TensorPrimitives.Max<double>(row);
            for (int k = 0; k < voices; k++)
                row[k] = Math.Max(Math.Exp(row[k] - largest), 1e-300);
        }
    }
}
