using System.Numerics.Tensors;

namespace Diarizer.Streaming.Corrections;

/// <summary>
/// Who speaks in which window: a hidden Markov model whose states are voices, each with a posterior of its mean, by variational Bayes (VBx; Landini et al. 2022,
/// "Bayesian HMM clustering of x-vector sequences"). Voices that explain too little die out. Different from the paper, a window counts by the seconds of speech in it,
/// and voices lie about a channel of the session that is estimated with them.
/// </summary>
internal sealed class VariationalHmm
{
    private const double Settled = 1e-3;

    private readonly MappedWindows _windows;
    private readonly double[] _precisions;
    private readonly double[] _stay;
    private readonly double[] _power;

    /// <param name="options">Scale of the evidence and the probability to stay.</param>
    /// <param name="windows">At least one.</param>
    public VariationalHmm(CorrectionOptions options, MappedWindows windows)
    {
        _windows = windows;
        (_precisions, _stay, _power) = (new double[windows.Count], new double[windows.Count], new double[windows.Count]);
        for (int t = 0; t < windows.Count; t++)
        {
            _precisions[t] = options.EvidenceScale * windows.Seconds[t] / windows.Noise;
            _stay[t] = t == 0 ? 0 : options.Stay(Math.Max(0, windows.Centres[t] - windows.Centres[t - 1]));
            _power[t] = TensorPrimitives.SumOfSquares<float>(windows.Points[t]);
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
        var states = new VoicePosteriors(voices, _windows.Dimension);
        for (int i = 0; i < iterations; i++)
        {
            posteriors.CopyTo(before, 0);
            states.Gather(_windows.Points, _precisions, posteriors);
            states.Settle(_windows);
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
                row[k] = -0.5 * _precisions[t] * (_power[t] - (2 * TensorPrimitives.Dot<float>(_windows.Points[t], states.Mean(k))) + states.Spread(k));
            double largest = TensorPrimitives.Max<double>(row);
            for (int k = 0; k < voices; k++)
                row[k] = Math.Max(Math.Exp(row[k] - largest), 1e-300);
        }
    }
}
