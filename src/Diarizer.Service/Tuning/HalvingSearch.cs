using Diarizer.Streaming;

namespace Diarizer.Service.Tuning;

/// <summary>
/// Random search with successive halving (Jamieson and Talwalkar 2016; Li et al. 2018) over some recordings. In each round nine candidates are tried on a
/// third of the recordings, the best three of them on all, and the best of these, with its neighbours, against the best so far. Three of the nine are drawn
/// from the whole space, six near the best so far.
/// </summary>
/// <param name="space">What is searched.</param>
/// <param name="evaluations">Scores.</param>
/// <param name="recordings">The recordings that this search may see.</param>
/// <param name="start">The settings to begin with.</param>
/// <param name="seed">Searches with the same seed draw the same candidates, so that those of several folds share scores.</param>
internal sealed class HalvingSearch(SearchSpace space, Evaluations evaluations, IReadOnlyList<int> recordings, PipelineOptions start, int seed)
{
    /// <summary>Candidates of a round.</summary>
    public const int Width = 9;

    private const int Halving = 3;
    private const int FromAnywhere = 3;

    // Chance that a candidate from anywhere differs from the start in an option; one in steps costs new embeddings.
    private const double ChangeChance = 0.5, SteppedChangeChance = 0.25;

    private const double NearReach = 0.15, FarChance = 0.3;
    private const int MostNearChanges = 3;
    private const int Attempts = 1000;

    private readonly Candidate _start = Candidate.Of(start);

    /// <summary>The best so far.</summary>
    public Candidate Best { get; private set; } = Candidate.Of(start);

    /// <summary>Its error rate on the recordings of this search, neighbours included.</summary>
    public double Rate { get; private set; } = double.NaN;

    /// <summary>Goes one round on. When it is cancelled, the best is what it was before.</summary>
    public async Task AdvanceAsync(int round, CancellationToken cancel)
    {
        if (double.IsNaN(Rate))
            Rate = await evaluations.RobustRateAsync(Best, recordings, cancel);
        // Each purpose has a source of its own: what is drawn from anywhere is then the same in every fold.
        Random RandomFor(int purpose) => new(unchecked((((seed * 1009) + round) * 31) + purpose));
        Random shuffle = RandomFor(0), anywhere = RandomFor(1), near = RandomFor(2);
        var few = recordings.OrderBy(_ => shuffle.Next()).Take(Math.Max(1, (recordings.Count + Halving - 1) / Halving)).ToList();
        List<Candidate> candidates =
        [
            .. Enumerable.Range(0, FromAnywhere).Select(_ => Valid(() => FromSpace(anywhere))),
            .. Enumerable.Range(0, Width - FromAnywhere).Select(_ => Valid(() => Near(Best, near))),
        ];
        var kept = await BestOfAsync(candidates, few, Width / Halving, cancel);
        var challenger = (await BestOfAsync(kept, recordings, 1, cancel))[0];
        var rate = await evaluations.RobustRateAsync(challenger, recordings, cancel);
        if (rate < Rate)
            (Best, Rate) = (challenger, rate);
    }

    private async Task<IReadOnlyList<Candidate>> BestOfAsync(IReadOnlyList<Candidate> candidates, IReadOnlyList<int> subset, int count, CancellationToken cancel)
    {
        var rates = await evaluations.RatesAsync(candidates, subset, cancel);
        return [.. candidates.Zip(rates).OrderBy(c => c.Second).ThenBy(c => c.First.Key, StringComparer.Ordinal).Take(count).Select(c => c.First)];
    }

    private Candidate FromSpace(Random random)
    {
        var candidate = _start;
        foreach (var parameter in space.Parameters)
        {
            var value = parameter.Draw(random);
            if (random.NextDouble() < (parameter.Step > 0 ? SteppedChangeChance : ChangeChance))
                candidate = candidate.With(parameter.Path, value);
        }

        return candidate;
    }

    private Candidate Near(Candidate candidate, Random random)
    {
        for (var left = 1 + random.Next(MostNearChanges); left > 0; left--)
        {
            var parameter = space.Parameters[random.Next(space.Parameters.Count)];
            var value = parameter.Path.Get(candidate.Options);
            candidate = candidate.With(parameter.Path, random.NextDouble() < FarChance ? parameter.Draw(random) : parameter.Near(value, NearReach, random));
        }

        return candidate;
    }

    private static Candidate Valid(Func<Candidate> draw)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var candidate = draw();
            if (candidate.Options.Validate().Count == 0)
                return candidate;
        }

        throw new UserErrorException("Hardly any settings in the search space are valid together; narrow the ranges of options that limit each other.");
    }
}
