using Diarizer.Training.Data;

namespace Diarizer.Training.Evaluation;

/// <summary>
/// The trials of Deep Speaker's test (Li et al. 2017): an anchor, one other utterance of its speaker and some of other speakers.
/// </summary>
internal static class RetrievalTrials
{
    /// <summary>
    /// Draws trials within one corpus; speakers take turns in a random order, and <see cref="SpeakerPool"/> says which of their utterances make a pair.
    /// </summary>
    /// <param name="rows">The corpus's utterances with their row numbers.</param>
    /// <param name="count">Trials; 0 for one for each speaker.</param>
    /// <param name="negatives">Different utterances of other speakers in a trial.</param>
    /// <returns>A target for each trial and, in the same order, its negatives; nothing if the corpus is too small.</returns>
    public static TrialPairs Draw(IReadOnlyList<(int Row, Utterance Utterance)> rows, int count, int negatives, long seed)
    {
        var pool = new SpeakerPool(rows);
        var random = new SeededRandom(seed, rows.Count, negatives);
        var able = pool.Able.Where(s => rows.Count - s.Length >= negatives).ToArray();
        random.Shuffle(able.AsSpan());
        List<(int, int)> targets = [], others = [];
        int wanted = able.Length == 0 ? 0 : count == 0 ? able.Length : count;
        while (targets.Count < wanted)
        {
            var own = able[targets.Count % able.Length];
            var (anchor, positive) = pool.Pair(own, ref random);
            targets.Add((anchor.Row, positive.Row));
            int[] impostors = [.. rows.Where(r => r.Utterance.Speaker != anchor.Utterance.Speaker).Select(r => r.Row)];
            random.Shuffle(impostors.AsSpan());
            others.AddRange(impostors.Take(negatives).Select(row => (anchor.Row, row)));
        }
        return new TrialPairs(targets, others);
    }
}
