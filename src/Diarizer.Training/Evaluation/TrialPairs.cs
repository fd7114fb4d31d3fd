using Diarizer.Training.Data;

namespace Diarizer.Training.Evaluation;

/// <summary>Pairs of rows to compare.</summary>
/// <param name="Targets">Pairs of one speaker.</param>
/// <param name="Others">Pairs of two speakers.</param>
internal sealed record TrialPairs(IReadOnlyList<(int A, int B)> Targets, IReadOnlyList<(int A, int B)> Others)
{
    private const int TriesPerPair = 200;

    /// <summary>Every row of a pair, in rising order.</summary>
    public int[] Rows() => [.. Targets.Concat(Others).SelectMany(p => new[] { p.A, p.B }).Distinct().Order()];

    /// <summary>The same pairs with other numbers for their rows.</summary>
    public TrialPairs Renumber(Func<int, int> number) =>
        new([.. Targets.Select(p => (number(p.A), number(p.B)))], [.. Others.Select(p => (number(p.A), number(p.B)))]);

    /// <summary>The pairs of several sets, one after another.</summary>
    public static TrialPairs Pool(IEnumerable<TrialPairs> sets)
    {
        var all = sets.ToList();
        return new TrialPairs([.. all.SelectMany(s => s.Targets)], [.. all.SelectMany(s => s.Others)]);
    }

    /// <summary>Draws pairs within one corpus, speakers with equal chances; <see cref="SpeakerPool"/> says which utterances of a speaker make a pair.</summary>
    /// <param name="rows">The corpus's utterances with their row numbers.</param>
    /// <param name="count">Pairs of each kind; fewer only if there are none to draw from.</param>
    public static TrialPairs Draw(IReadOnlyList<(int Row, Utterance Utterance)> rows, int count, long seed)
    {
        var random = new SeededRandom(seed, rows.Count, 0);
        var pool = new SpeakerPool(rows);
        var (speakers, able) = (pool.Speakers, pool.Able);
        var targets = new List<(int, int)>(count);
        for (int tries = 0; able.Count > 0 && targets.Count < count && tries < (long)count * TriesPerPair; tries++)
        {
            var own = able[random.Below(able.Count)];
            var (a, b) = (own[random.Below(own.Length)], own[random.Below(own.Length)]);
            if (pool.IsPair(a, b))
                targets.Add((a.Row, b.Row));
        }
        var others = new List<(int, int)>(count);
        while (speakers.Count > 1 && others.Count < count)
        {
            int one = random.Below(speakers.Count), two = random.Below(speakers.Count);
            if (one != two)
                others.Add((speakers[one][random.Below(speakers[one].Length)].Row, speakers[two][random.Below(speakers[two].Length)].Row));
        }
        return new TrialPairs(targets, others);
    }
}
