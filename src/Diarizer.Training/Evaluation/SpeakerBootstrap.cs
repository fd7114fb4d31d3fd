using Diarizer.Training.Data;

namespace Diarizer.Training.Evaluation;

/// <summary>
/// Confidence intervals by resampling speakers. Pairs are not independent, since each speaker is in many of them; speakers are. Each replicate draws as many speakers of each
/// corpus as it has, with replacement; a same-speaker pair then counts as often as its speaker came up, a different-speaker pair as often as the product of both counts (the vertex
/// bootstrap of Snijders and Borgatti 1999). The interval holds the middle 95 % of the replicates' rates (the percentile method).
/// </summary>
/// <param name="replicates">Resampled sets.</param>
internal sealed class SpeakerBootstrap(int replicates, long seed)
{
    public const double Level = 0.95;

    public const int Replicates = 1_000;

    /// <summary>Draws in a row that may leave one kind of pairs without weight, as happens with very few speakers.</summary>
    private const int MostEmptyDraws = 1_000;

    /// <param name="pairs">The pairs of rows.</param>
    /// <param name="scores">Their scores.</param>
    /// <param name="utterances">The utterance of each row.</param>
    /// <exception cref="UserErrorException">The pairs have too few speakers.</exception>
    public ErrorIntervals Intervals(TrialPairs pairs, ScoredTrials scores, IReadOnlyList<Utterance> utterances)
    {
        var corpora = pairs.Targets.Concat(pairs.Others).SelectMany(p => new[] { utterances[p.A], utterances[p.B] }).GroupBy(u => u.Corpus)
            .OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => c.Select(u => u.Speaker).Distinct().Order(StringComparer.Ordinal).ToArray()).ToArray();
        var numbers = corpora.SelectMany(c => c).Distinct().Select((name, number) => (name, number)).ToDictionary(s => s.name, s => s.number);
        int Number(int row) => numbers[utterances[row].Speaker];
        int[] targets = [.. pairs.Targets.Select(p => Number(p.A))];
        (int A, int B)[] others = [.. pairs.Others.Select(p => (Number(p.A), Number(p.B)))];
        int[][] strata = [.. corpora.Select(c => c.Select(name => numbers[name]).ToArray())];

        var curve = scores.Curve();
        var rates = new List<ErrorRates>(replicates);
        int[] counts = new int[numbers.Count], targetWeights = new int[targets.Length], otherWeights = new int[others.Length];
        for (int draw = 0, empty = 0; rates.Count < replicates; draw++)
        {
            Draw(strata, counts, draw);
            for (int i = 0; i < targets.Length; i++)
                targetWeights[i] = counts[targets[i]];
            for (int i = 0; i < others.Length; i++)
                otherWeights[i] = counts[others[i].A] * counts[others[i].B];
            if (curve.Weigh(targetWeights, otherWeights))
            {
                rates.Add(ErrorRates.Of(curve));
                empty = 0;
            }
            else if (++empty > MostEmptyDraws)
            {
                throw new UserErrorException("The pairs have too few speakers for confidence intervals; leave out --intervals or give more data.");
            }
        }
        return ErrorIntervals.Of(rates, Level);
    }

    private void Draw(int[][] strata, int[] counts, int draw)
    {
        var random = new SeededRandom(seed, draw, 0);
        Array.Clear(counts);
        foreach (int[] stratum in strata)
        {
            for (int i = 0; i < stratum.Length; i++)
                counts[stratum[random.Below(stratum.Length)]]++;
        }
    }
}
