using Diarizer.Training.Data;

namespace Diarizer.Training.Evaluation;

/// <summary>The speakers whose mean embeddings a score is normalised with.</summary>
/// <param name="Utterances">Their utterances.</param>
/// <param name="Speakers">The rows of each.</param>
internal sealed record Cohort(IReadOnlyList<Utterance> Utterances, IReadOnlyList<IReadOnlyList<int>> Speakers)
{
    /// <summary>Takes all speakers that are in no trial.</summary>
    /// <param name="utterances">Utterances of the cohort's data.</param>
    /// <param name="tested">Utterances of the trials.</param>
    /// <param name="most">Utterances of a speaker; of more, seeded random ones are taken.</param>
    public static Cohort Choose(IEnumerable<Utterance> utterances, IEnumerable<Utterance> tested, int most, long seed)
    {
        var taken = tested.Select(u => u.Speaker).ToHashSet();
        var chosen = new List<Utterance>();
        var speakers = new List<IReadOnlyList<int>>();
        foreach (var speaker in utterances.Where(u => !taken.Contains(u.Speaker)).GroupBy(u => u.Speaker).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            var own = speaker.ToArray();
            new SeededRandom(seed, speakers.Count, own.Length).Shuffle(own.AsSpan());
            speakers.Add([.. Enumerable.Range(chosen.Count, Math.Min(most, own.Length))]);
            chosen.AddRange(own.Take(most));
        }
        return new Cohort(chosen, speakers);
    }
}
