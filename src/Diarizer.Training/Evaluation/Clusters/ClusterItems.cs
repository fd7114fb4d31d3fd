using Diarizer.Training.Data;

namespace Diarizer.Training.Evaluation.Clusters;

/// <summary>What a clustering test clusters: each item is some utterances of one speaker.</summary>
/// <param name="Speaker">Number of the speaker, from 0 in order of name.</param>
/// <param name="Rows">The utterances.</param>
internal sealed record ClusterItem(int Speaker, IReadOnlyList<int> Rows)
{
    /// <summary>
    /// Deals each speaker's utterances, in their order, to a few items: by shares of 8 and 2, as Lukic et al. 2016 did with TIMIT's ten sentences, or each to one.
    /// </summary>
    /// <param name="rows">Utterances with their row numbers.</param>
    /// <param name="shares">Utterances of each item relative to each other; empty for an item for each utterance.</param>
    /// <param name="most">Utterances of a speaker that are used, the first ones; 0 for all.</param>
    /// <returns>The items of every speaker who has at least one utterance for each, two items at least.</returns>
    public static IReadOnlyList<IReadOnlyList<ClusterItem>> Deal(IReadOnlyList<(int Row, Utterance Utterance)> rows, IReadOnlyList<double> shares, int most)
    {
        var speakers = rows.GroupBy(r => r.Utterance.Speaker).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => g.Select(r => r.Row).Take(most == 0 ? int.MaxValue : most).ToArray()).Where(own => own.Length >= Math.Max(2, shares.Count));
        return [.. speakers.Select((own, speaker) => (ClusterItem[])[.. Runs(own, shares).Select(run => new ClusterItem(speaker, run))])];
    }

    private static IEnumerable<int[]> Runs(int[] own, IReadOnlyList<double> shares)
    {
        if (shares.Count == 0)
        {
            foreach (int row in own)
                yield return [row];
            yield break;
        }
        double total = shares.Sum(), passed = 0;
        int from = 0;
        for (int i = 0; i < shares.Count; i++)
        {
            passed += shares[i];
            int to = Math.Clamp((int)Math.Round(own.Length * passed / total), from + 1, own.Length - (shares.Count - 1 - i));
            yield return own[from..to];
            from = to;
        }
    }
}
