using Diarizer.Training.Data;

namespace Diarizer.Training.Evaluation;

/// <summary>Pairs of rows to compare.</summary>
/// <param name="Targets">Pairs of one speaker.</param>
/// <param name="Others">Pairs of two speakers.</param>
internal sealed record TrialPairs(IReadOnlyList<(int A, int B)> Targets, IReadOnlyList<(int A, int B)> Others)
{
    private const int TriesPerPair = 200;

    /// <summary>
    /// Draws pairs within one corpus, speakers with equal chances. Where speakers of a corpus have several sessions, the two utterances of a target come from
    /// different ones, so that the line cannot give the speaker away; where each has only one, from any.
    /// </summary>
    /// <param name="rows">The corpus's utterances with their row numbers.</param>
    /// <param name="count">Pairs of each kind; fewer only if there are none to draw from.</param>
    public static TrialPairs Draw(IReadOnlyList<(int Row, Utterance Utterance)> rows, int count, long seed)
    {
        var random = new SeededRandom(seed, rows.Count, 0);
        var speakers = rows.GroupBy(r => r.Utterance.Speaker).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => g.ToArray()).ToArray();
        bool sessions = speakers.Any(s => CanPair(s, sessions: true));
        var targets = new List<(int, int)>(count);
        var able = speakers.Where(s => CanPair(s, sessions)).ToArray();
        for (int tries = 0; able.Length > 0 && targets.Count < count && tries < (long)count * TriesPerPair; tries++)
        {
            var own = able[random.Below(able.Length)];
            var (a, b) = (own[random.Below(own.Length)], own[random.Below(own.Length)]);
            if (a.Row != b.Row && (!sessions || a.Utterance.Session != b.Utterance.Session))
                targets.Add((a.Row, b.Row));
        }
        var others = new List<(int, int)>(count);
        while (speakers.Length > 1 && others.Count < count)
        {
            int one = random.Below(speakers.Length), two = random.Below(speakers.Length);
            if (one != two)
                others.Add((speakers[one][random.Below(speakers[one].Length)].Row, speakers[two][random.Below(speakers[two].Length)].Row));
        }
        return new TrialPairs(targets, others);
    }

    private static bool CanPair((int Row, Utterance Utterance)[] own, bool sessions) =>
        sessions ? own.Select(r => r.Utterance.Session).Distinct().Count() > 1 : own.Length > 1;
}
