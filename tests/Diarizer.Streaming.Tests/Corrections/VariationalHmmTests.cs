using Diarizer.Streaming.Corrections;

namespace Diarizer.Streaming.Tests.Corrections;

public class VariationalHmmTests
{
    private const int Windows = 30, Dimension = 8, Voices = 3;

    private static readonly CorrectionOptions Model = new() { EvidenceScale = 0.2, StayProbability = 0.6 };

    /// <summary>Printed by reference/variational_hmm.py.</summary>
    private static readonly double[][] Expected =
    [
        [0.000882, 0.980240, 0.018878],
        [0.000093, 0.999121, 0.000787],
        [0.000089, 0.001069, 0.998841],
        [0.000049, 0.000378, 0.999573],
        [0.000556, 0.985976, 0.013468],
        [0.000102, 0.001342, 0.998557],
    ];

    [Fact]
    public void Posteriors_are_those_of_an_independent_calculation()
    {
        var posteriors = Hmm(Model).Run([.. Enumerable.Range(0, Windows).Select(t => t / 3 % Voices)], iterations: 5);
        for (int i = 0; i < Expected.Length; i++)
        {
            for (int k = 0; k < Voices; k++)
                Assert.Equal(Expected[i][k], posteriors[(5 * i * Voices) + k], 2e-5);
        }
    }

    [Fact]
    public void A_voice_too_many_dies_out()
    {
        var posteriors = Hmm(Model).Run([.. Enumerable.Range(0, Windows).Select(t => t / 3 % Voices)]);
        double[] heard = [.. Enumerable.Range(0, Voices).Select(k => Enumerable.Range(0, Windows).Sum(t => posteriors[(t * Voices) + k])).Order()];
        Assert.InRange(heard[0], 0, 0.5);
        Assert.InRange(heard[1], 12, 14);
    }

    [Fact]
    public void Rows_are_distributions()
    {
        var posteriors = Hmm(Model with { EvidenceScale = 1 }).Run(new int[Windows]);
        Assert.All(posteriors, p => Assert.Equal(1, p, 1e-9));
    }

    private static VariationalHmm Hmm(CorrectionOptions model) => new(model, new MappedWindows(
        [.. Enumerable.Range(0, Windows).Select(Window)],
        [.. Enumerable.Range(0, Windows).Select(t => t % 4 == 0 ? 0.6 : 1.5)],
        [.. Enumerable.Range(0, Windows).Select(t => (0.5 * t) + (t >= 18 ? 2 : 0))],
        [.. Enumerable.Range(0, Dimension).Select(d => 0.05f + (0.02f * d))],
        [.. Enumerable.Range(0, Dimension).Select(d => 0.03f + (0.01f * d))],
        Noise: 0.06));

    private static float[] Window(int t)
    {
        int voice = t is >= 10 and < 18 or >= 25 ? 1 : 0;
        double[] values = [.. Enumerable.Range(0, Dimension).Select(d => Math.Sin((2.1 * d) + (3 * voice)) + (0.6 * Math.Sin(1.7 * t * (d + 1))))];
        double norm = Math.Sqrt(values.Sum(v => v * v));
        return [.. values.Select(v => (float)(v / norm))];
    }
}
