namespace Diarizer.Training.Data;

/// <summary>Splits some speakers off for validation by a seeded hash of the name, so that adding data moves nobody.</summary>
internal static class ValidationSplit
{
    /// <summary>Returns the speakers to train with and those to validate with; only speakers with two utterances or more can be validated.</summary>
    /// <param name="share">Share of each corpus's eligible speakers, 0 to 0.5; at least one where there are ten.</param>
    public static (IReadOnlyList<SpeakerUtterances> Training, IReadOnlyList<SpeakerUtterances> Validation) Of(
        IReadOnlyList<SpeakerUtterances> speakers, double share, long seed)
    {
        var validation = new HashSet<SpeakerUtterances>();
        foreach (var corpus in speakers.Where(s => s.Utterances.Count >= 2).GroupBy(s => s.Corpus))
        {
            var eligible = corpus.OrderBy(s => Hash(s.Name, seed)).ToList();
            int count = (int)Math.Round(eligible.Count * share);
            if (share > 0 && eligible.Count >= 10)
                count = Math.Max(count, 1);
            validation.UnionWith(eligible.Take(count));
        }
        return ([.. speakers.Where(s => !validation.Contains(s))], [.. speakers.Where(validation.Contains)]);
    }

    private static ulong Hash(string name, long seed)
    {
        // FNV-1a: string.GetHashCode differs from one process to the next.
        ulong hash = 14695981039346656037;
        foreach (char c in name)
            hash = (hash ^ c) * 1099511628211;
        return new SeededRandom(seed, (long)hash, 0).NextUInt64();
    }
}
