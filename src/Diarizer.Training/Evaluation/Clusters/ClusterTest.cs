using Diarizer.Streaming.Clustering;
using Diarizer.Training.Data;

namespace Diarizer.Training.Evaluation.Clusters;

/// <summary>
/// The test of Lukic et al. 2016 and 2017: agglomerative clustering of utterances, or of parts of a speaker's speech, whose embeddings are the mean over their utterances.
/// </summary>
/// <param name="Linkage">How far apart clusters are.</param>
/// <param name="Speakers">Speakers drawn; 0 for all.</param>
/// <param name="Draws">How often; the figures are means.</param>
internal sealed record ClusterTest(Linkage Linkage, int Speakers, int Draws, long Seed)
{
    /// <summary>The most items of a draw; bounds the memory for their distances to 800 MB.</summary>
    public const int MostItems = 20_000;

    private const double Level = 0.95;

    /// <param name="utterances">The utterance of each row.</param>
    /// <param name="deal">Makes the items of each speaker among some utterances.</param>
    /// <returns>A row for each corpus with enough speakers and, if they are several, one for all their speakers together.</returns>
    /// <exception cref="UserErrorException">There are too few speakers, or too many items.</exception>
    public IReadOnlyList<ClusterResult> Run(
        IReadOnlyList<Utterance> utterances, EmbeddingTable embeddings, Func<IReadOnlyList<(int Row, Utterance Utterance)>, IReadOnlyList<IReadOnlyList<ClusterItem>>> deal)
    {
        var rows = utterances.Select((u, row) => (Row: row, Utterance: u)).ToArray();
        var results = new List<ClusterResult>();
        foreach (var corpus in rows.GroupBy(r => r.Utterance.Corpus).OrderBy(g => g.Key, StringComparer.Ordinal))
            Add(corpus.Key, deal([.. corpus]));
        if (results.Count == 0)
            throw new UserErrorException($"No corpus has {Math.Max(2, Speakers)} speakers with two utterances or more; choose another split, or fewer --speakers.");
        if (results.Count > 1)
            Add(TrialSet.Pooled, deal(rows));
        return results;

        void Add(string name, IReadOnlyList<IReadOnlyList<ClusterItem>> speakers)
        {
            if (speakers.Count >= Math.Max(2, Speakers))
                results.Add(Measure(name, embeddings, speakers));
        }
    }

    private ClusterResult Measure(string name, EmbeddingTable embeddings, IReadOnlyList<IReadOnlyList<ClusterItem>> speakers)
    {
        int drawn = Speakers == 0 ? speakers.Count : Speakers, items = 0;
        var figures = new List<ClusterFigures>(Draws);
        for (int draw = 0; draw < Draws; draw++)
        {
            var order = speakers.ToArray();
            new SeededRandom(Seed, draw, speakers.Count).Shuffle(order.AsSpan());
            // The order of items decides between equal distances: it must not depend on the draw.
            var chosen = order.Take(drawn).SelectMany(s => s).OrderBy(item => item.Rows[0]).ToArray();
            if (chosen.Length > MostItems)
                throw new UserErrorException($"{name} has {chosen.Length} items to cluster, more than {MostItems}; give --speakers, or fewer utterances of each with --most.");
            items += chosen.Length;
            figures.Add(ClusterFigures.Of(embeddings.Means([.. chosen.Select(item => item.Rows)]), Numbers(chosen), Linkage));
        }
        return new ClusterResult(name, drawn, items / (double)Draws, Draws, figures.Average(f => f.Rate), figures.Average(f => f.RateAtSpeakers),
            figures.Average(f => f.WholeRate), figures.Average(f => f.WholeRateAtSpeakers), figures.Average(f => f.Clusters))
        {
            RateInterval = Draws > 1 ? Interval.Of([.. figures.Select(f => f.Rate)], Level) : null,
        };
    }

    /// <summary>Numbers the drawn speakers without gaps.</summary>
    private static int[] Numbers(ClusterItem[] items)
    {
        var numbers = items.Select(i => i.Speaker).Distinct().Select((speaker, number) => (speaker, number)).ToDictionary(s => s.speaker, s => s.number);
        return [.. items.Select(i => numbers[i.Speaker])];
    }
}
