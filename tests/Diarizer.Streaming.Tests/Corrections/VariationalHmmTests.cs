using Diarizer.Streaming.Corrections;

namespace Diarizer.Streaming.Tests.Corrections;

public class VariationalHmmTests
{
    private const int Windows = 30, Dimension = 8, Voices = 3;

    private static readonly CorrectionOptions Model = new() { VoiceVariance = 0.6, ChannelVariance = 0.3, NoiseVariance = 0.5, EvidenceScale = 0.2, PriorScale = 0.7, StayProbability = 0.6 };

    /// <summary>Printed by reference/variational_hmm.py.</summary>
    private static readonly double[][] Expected =
    [
        [0.001298, 0.976582, 0.022120],
        [0.000166, 0.998785, 0.001049],
        [0.000184, 0.001640, 0.998176],
        [0.000097, 0.000545, 0.999357],
        [0.000834, 0.982819, 0.016347],
        [0.000190, 0.001793, 0.998017],
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
        var posteriors = Hmm(Model with { EvidenceScale = 1, NoiseVariance = 0.001 }).Run(new int[Windows]);
        Assert.All(posteriors, p => Assert.Equal(1, p, 1e-9));
    }

    private static VariationalHmm Hmm(CorrectionOptions model) => new(
        model,
        [.. Enumerable.Range(0, Windows).Select(Window)],
        [.. Enumerable.Range(0, Windows).Select(t => t % 4 == 0 ? 0.6 : 1.5)],
        [.. Enumerable.Range(0, Windows).Select(t => (0.5 * t) + (t >= 18 ? 2 : 0))]);

    private static float[] Window(int t)
    {
        int voice = t is >= 10 and < 18 or >= 25 ? 1 : 0;
        double[] values = [.. Enumerable.Range(0, Dimension).Select(d => Math.Sin((2.1 * d) + (3 * voice)) + (0.6 * Math.Sin(1.7 * t * (d + 1))))];
        double norm = Math.Sqrt(values.Sum(v => v * v));
        return [.. values.Select(v => (float)(v / norm))];
    }
}
