using Diarizer.Streaming.Corrections;

namespace Diarizer.Streaming.Tests.Corrections;

public class ForwardBackwardTests
{
    private const int Steps = 5, States = 3;

    private static readonly double[] Likelihoods = [.. Enumerable.Range(0, Steps * States).Select(i => 0.1 + Math.Abs(Math.Sin(1.9 * i)))];
    private static readonly double[] Stay = [0, 0.5, 0.8, 0.3, 0.9];
    private static readonly double[] Prior = [0.5, 0.3, 0.2];

    [Fact]
    public void Posteriors_are_sums_over_all_paths()
    {
        var expected = new double[Steps * States];
        double total = 0;
        for (int path = 0; path < (int)Math.Pow(States, Steps); path++)
        {
            int[] states = [.. Enumerable.Range(0, Steps).Select(t => path / (int)Math.Pow(States, t) % States)];
            double probability = 1;
            for (int t = 0; t < Steps; t++)
            {
                double stayed = t > 0 && states[t] == states[t - 1] ? Stay[t] : 0;
                probability *= Likelihoods[(t * States) + states[t]] * (stayed + ((1 - (t == 0 ? 0 : Stay[t])) * Prior[states[t]]));
            }

            total += probability;
            for (int t = 0; t < Steps; t++)
                expected[(t * States) + states[t]] += probability;
        }

        var posteriors = new double[Steps * States];
        new ForwardBackward(Steps, States).Run(Likelihoods, Stay, Prior, posteriors);
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i] / total, posteriors[i], 1e-12);
    }

    [Fact]
    public void Long_chains_of_small_likelihoods_stay_finite()
    {
        const int Long = 20_000;
        var likelihoods = new double[Long * States];
        for (int i = 0; i < likelihoods.Length; i++)
            likelihoods[i] = i % States == 0 ? 1e-200 : 1e-300;
        var posteriors = new double[Long * States];
        var chain = new ForwardBackward(Long, States);
        chain.Run(likelihoods, [.. Enumerable.Repeat(0.9, Long)], Prior, posteriors);
        Assert.All(posteriors, p => Assert.True(double.IsFinite(p)));
        Assert.Equal(1, posteriors[States * (Long / 2)], 1e-9);
    }

    [Fact]
    public void Entries_count_what_is_drawn_anew()
    {
        var chain = new ForwardBackward(Steps, States);
        chain.Run(Likelihoods, [0, 0, 0, 0, 0], Prior, new double[Steps * States]);
        Assert.Equal(Steps, chain.Entries.Sum(), 1e-12);
        chain.Run(Likelihoods, [0, 1, 1, 1, 1], Prior, new double[Steps * States]);
        Assert.Equal(1, chain.Entries.Sum(), 1e-12);
    }
}
