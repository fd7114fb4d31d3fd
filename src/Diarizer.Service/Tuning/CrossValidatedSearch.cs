using Diarizer.Streaming;

namespace Diarizer.Service.Tuning;

/// <summary>
/// A search over all recordings, and one for each fold that never sees the fold's recordings. The latter say what settings found in this way are worth on
/// recordings that they were not chosen with. All go on round by round, so that wherever it is stopped there is an honest figure.
/// </summary>
internal sealed class CrossValidatedSearch
{
    private readonly Evaluations _evaluations;
    private readonly Candidate _start;
    private readonly HalvingSearch _all;
    private readonly List<(HalvingSearch Search, IReadOnlyList<int> HeldOut)> _folds = [];

    /// <param name="space">What is searched.</param>
    /// <param name="evaluations">Scores.</param>
    /// <param name="start">The settings to begin with.</param>
    /// <param name="folds">2 to the number of recordings.</param>
    /// <param name="seed">Decides about folds and candidates.</param>
    public CrossValidatedSearch(SearchSpace space, Evaluations evaluations, PipelineOptions start, int folds, int seed)
    {
        (_evaluations, _start) = (evaluations, Candidate.Of(start));
        _all = new HalvingSearch(space, evaluations, evaluations.All, start, seed);
        var random = new Random(seed);
        var shuffled = evaluations.All.OrderBy(_ => random.Next()).ToList();
        for (var fold = 0; fold < folds; fold++)
        {
            List<int> heldOut = [.. shuffled.Where((_, i) => i % folds == fold).Order()];
            _folds.Add((new HalvingSearch(space, evaluations, [.. evaluations.All.Except(heldOut)], start, seed), heldOut));
        }
    }

    /// <summary>Goes on until all rounds are done or it is told to stop.</summary>
    /// <param name="rounds">Rounds of each search.</param>
    /// <param name="advanced">Gets what is found after each.</param>
    /// <param name="cancel">Stops it.</param>
    /// <returns>What was found in the rounds that were finished; null if there is none.</returns>
    public async Task<SearchResult?> RunAsync(int rounds, Action<SearchResult> advanced, CancellationToken cancel)
    {
        SearchResult? result = null;
        try
        {
            for (var round = 1; round <= rounds; round++)
            {
                await _all.AdvanceAsync(round, cancel);
                foreach (var (search, _) in _folds)
                    await search.AdvanceAsync(round, cancel);
                var heldOut = await _evaluations.RobustRateAsync([.. _folds.SelectMany(f => f.HeldOut.Select(r => (f.Search.Best, r)))], cancel);
                var before = await _evaluations.RobustRateAsync(_start, _evaluations.All, cancel);
                result = new SearchResult(round, _start, _all.Best, before, _all.Rate, heldOut);
                advanced(result);
            }
        }
        catch (OperationCanceledException)
        {
            // What the finished rounds found stands.
        }

        return result;
    }
}
