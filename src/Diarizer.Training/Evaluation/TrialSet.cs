using Diarizer.Training.Data;

namespace Diarizer.Training.Evaluation;

/// <summary>Pairs that are measured together.</summary>
/// <param name="Name">The corpus or list that they are from.</param>
/// <param name="Pairs">Pairs of rows.</param>
/// <param name="Utterances">Utterances of the corpus, or named by the list.</param>
/// <param name="Speakers">Their speakers.</param>
internal sealed record TrialSet(string Name, TrialPairs Pairs, int Utterances, int Speakers)
{
    public const string Pooled = "pooled";

    /// <summary>Draws pairs within each corpus that has pairs of both kinds.</summary>
    /// <param name="pairs">Pairs of each kind in a corpus.</param>
    /// <exception cref="UserErrorException">No corpus has.</exception>
    public static IReadOnlyList<TrialSet> Draw(IReadOnlyList<Utterance> utterances, int pairs, long seed) => ForEachCorpus(
        utterances, rows => TrialPairs.Draw(rows, pairs, seed),
        "No corpus has two speakers and a speaker with two utterances (of different sessions, where sessions are given); choose another split.");

    /// <summary>Makes pairs in each corpus and leaves out those that have none of a kind.</summary>
    /// <param name="none">What to say if that leaves nothing.</param>
    /// <exception cref="UserErrorException">No corpus has pairs of both kinds.</exception>
    public static IReadOnlyList<TrialSet> ForEachCorpus(IReadOnlyList<Utterance> utterances, Func<(int Row, Utterance Utterance)[], TrialPairs> make, string none)
    {
        var sets = new List<TrialSet>();
        foreach (var corpus in utterances.Select((u, row) => (Row: row, Utterance: u)).GroupBy(r => r.Utterance.Corpus).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            var rows = corpus.ToArray();
            var made = make(rows);
            if (made.Targets.Count > 0 && made.Others.Count > 0)
                sets.Add(new TrialSet(corpus.Key, made, rows.Length, rows.Select(r => r.Utterance.Speaker).Distinct().Count()));
        }
        return sets.Count > 0 ? sets : throw new UserErrorException(none);
    }

    /// <summary>Adds a last set that holds the pairs of all.</summary>
    public static IReadOnlyList<TrialSet> WithPooled(IReadOnlyList<TrialSet> sets) =>
        [.. sets, new TrialSet(Pooled, TrialPairs.Pool(sets.Select(s => s.Pairs)), sets.Sum(s => s.Utterances), sets.Sum(s => s.Speakers))];
}
