namespace Diarizer.Streaming.Corrections;

/// <summary>
/// The forward-backward algorithm for a chain in which a state is left with a probability of its own at each step and the next drawn from one
/// distribution: O(T K) instead of O(T K²) (Landini et al. 2022, section 3). Scaled at each step, so that nothing underflows.
/// </summary>
internal sealed class ForwardBackward(int steps, int states)
{
    private readonly double[] _forward = new double[steps * states];
    private readonly double[] _scale = new double[steps];
    private readonly double[] _backward = new double[states];

    /// <summary>Times each state is entered, in expectation; its first step included.</summary>
    public double[] Entries { get; } = new double[states];

    /// <summary>The posterior of the states.</summary>
    /// <param name="likelihoods">p(x_t | k), up to a factor for each t: [T, K].</param>
    /// <param name="stay">Probability that the state is not drawn anew before step t; T values, the first of no effect.</param>
    /// <param name="prior">The distribution that states are drawn from; K values.</param>
    /// <param name="posteriors">Gets [T, K].</param>
    public void Run(ReadOnlySpan<double> likelihoods, ReadOnlySpan<double> stay, ReadOnlySpan<double> prior, Span<double> posteriors)
    {
        for (int t = 0; t < steps; t++)
            Forward(t, likelihoods.Slice(t * states, states), t == 0 ? 0 : stay[t], prior);
        Array.Fill(_backward, 1);
        Array.Clear(Entries);
        for (int t = steps - 1; t >= 0; t--)
        {
            var row = posteriors.Slice(t * states, states);
            double sum = 0;
            for (int k = 0; k < states; k++)
                sum += row[k] = _forward[t * states + k] * _backward[k];
            for (int k = 0; k < states; k++)
                row[k] /= sum;
            Back(likelihoods.Slice(t * states, states), t, t == 0 ? 0 : stay[t], prior);
        }
    }

    private void Forward(int t, ReadOnlySpan<double> likelihood, double stay, ReadOnlySpan<double> prior)
    {
        double sum = 0;
        for (int k = 0; k < states; k++)
        {
            double before = t == 0 ? 0 : stay * _forward[(t - 1) * states + k];
            sum += _forward[t * states + k] = likelihood[k] * (before + ((1 - stay) * prior[k]));
        }
        for (int k = 0; k < states; k++)
            _forward[t * states + k] /= sum;
        _scale[t] = sum;
    }

    private void Back(ReadOnlySpan<double> likelihood, int t, double stay, ReadOnlySpan<double> prior)
    {
        double drawn = 0;
        for (int k = 0; k < states; k++)
        {
            _backward[k] *= likelihood[k] / _scale[t];
            double entered = (1 - stay) * prior[k] * _backward[k];
            Entries[k] += entered;
            drawn += entered;
        }
        for (int k = 0; k < states; k++)
            _backward[k] = (stay * _backward[k]) + drawn;
    }
}
