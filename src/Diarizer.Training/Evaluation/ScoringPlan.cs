using Diarizer.Networks.Inference;
using Diarizer.Training.Data;

namespace Diarizer.Training.Evaluation;

/// <summary>What is scored, and how: the same for every model.</summary>
/// <param name="Utterances">The utterance of each row.</param>
/// <param name="Library">Their audio.</param>
/// <param name="Sets">The trials; the last set holds them all.</param>
internal sealed record ScoringPlan(IReadOnlyList<Utterance> Utterances, SpeechLibrary Library, IReadOnlyList<TrialSet> Sets)
{
    /// <summary>Trials to fit a fusion on.</summary>
    public TrialPairs? Development { get; init; }

    /// <summary>Impostors for <see cref="AdaptiveNormalisation"/>, their audio and the number used for each utterance; null for plain cosines.</summary>
    public (Cohort Speakers, SpeechLibrary Library, int K)? Cohort { get; init; }

    /// <summary>Decodes the audio of the utterances that some trial names, and no others.</summary>
    /// <param name="source">The utterances of the sets' rows.</param>
    /// <param name="development">Trials to fit a fusion on, of utterances of the same data.</param>
    /// <exception cref="UserErrorException">Audio is missing, or a speaker is in both kinds of trials.</exception>
    public static ScoringPlan Open(SpeechSource source, IReadOnlyList<TrialSet> sets, (SpeechSource Source, TrialPairs Pairs)? development, CancellationToken cancellation)
    {
        var all = source.Utterances;
        var pairs = sets.Select(s => s.Pairs).ToList();
        if (development is { } added)
        {
            CheckSpeakers(pairs[^1].Rows().Select(r => source.Utterances[r]), added.Pairs.Rows().Select(r => added.Source.Utterances[r]));
            pairs.Add(added.Pairs.Renumber(row => row + source.Utterances.Count));
            all = [.. all, .. added.Source.Utterances];
        }
        int[] rows = TrialPairs.Pool(pairs).Rows();
        var numbers = rows.Select((row, number) => (row, number)).ToDictionary(r => r.row, r => r.number);
        pairs = [.. pairs.Select(p => p.Renumber(row => numbers[row]))];
        var (utterances, library) = source.Decode([.. rows.Select(r => all[r])], cancellation);
        return new ScoringPlan(utterances, library, [.. sets.Zip(pairs, (set, own) => set with { Pairs = own })]) { Development = development is null ? null : pairs[^1] };
    }

    /// <summary>Embeds the utterances and scores the trials.</summary>
    /// <param name="name">What to call the model.</param>
    public ModelScores Score(string name, ISpeakerEmbedder model, CropPlan crops, CancellationToken cancellation)
    {
        var embeddings = new UtteranceEmbedder(model, Library, crops).Table(Utterances, cancellation);
        Func<int, int, float> score = embeddings.Similarity;
        if (Cohort is var (cohort, library, k))
            score = new AdaptiveNormalisation(embeddings, new UtteranceEmbedder(model, library, crops).Table(cohort.Utterances, cancellation).Means(cohort.Speakers), k).Score;
        return new ModelScores(name, crops.Seconds, [.. Sets.Select(s => ScoredTrials.Of(s.Pairs, score))], Development is null ? null : ScoredTrials.Of(Development, score));
    }

    private static void CheckSpeakers(IEnumerable<Utterance> tested, IEnumerable<Utterance> development)
    {
        var both = tested.Select(u => u.Speaker).Intersect(development.Select(u => u.Speaker)).ToList();
        if (both.Count > 0)
            throw new UserErrorException($"{both.Count} speakers, such as {both[0]}, are in the trials and in the development trials; the fusion must be fitted on others.");
    }
}
