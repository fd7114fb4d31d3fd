using System.Collections.Concurrent;

namespace Diarizer.Service.Tuning;

/// <summary>
/// Scores of candidates on recordings, each computed once. A score depends on nothing but the two, so that a search with the same seed takes the same way
/// whether scores are computed or known from before.
/// </summary>
/// <param name="recordings">How many recordings there are.</param>
/// <param name="score">Scores a candidate on a recording.</param>
/// <param name="objective">What counts.</param>
/// <param name="neighbours">Slightly changed settings that stand in for each candidate beside itself.</param>
/// <param name="jobs">Scores computed at the same time.</param>
internal sealed class Evaluations(int recordings, Func<Candidate, int, CancellationToken, Task<RecordingScore>> score, Objective objective, Neighbours neighbours, int jobs)
{
    private readonly ConcurrentDictionary<(string Key, int Recording), RecordingScore> _known = new();
    private readonly SortedDictionary<string, Candidate> _tried = new(StringComparer.Ordinal);

    /// <summary>All recordings.</summary>
    public IReadOnlyList<int> All { get; } = [.. Enumerable.Range(0, recordings)];

    /// <summary>Gets each score when it was computed.</summary>
    public Action<Candidate, int, RecordingScore>? Computed { get; set; }

    /// <summary>Scores computed or taken over so far.</summary>
    public int Count => _known.Count;

    /// <summary>Takes over a score from an earlier run.</summary>
    public void TakeOver(string key, int recording, RecordingScore known) => _known[(key, recording)] = known;

    /// <summary>What was tried, neighbours left out, and scored on all recordings; with pooled error rates.</summary>
    public IReadOnlyList<(Candidate Candidate, double Rate)> Tried() =>
        [.. _tried.Values.Where(c => All.All(r => _known.ContainsKey((c.Key, r)))).Select(c => (c, Pool(All.Select(r => (c, r)))))];

    /// <summary>Pooled error rates of candidates, each alone.</summary>
    public async Task<IReadOnlyList<double>> RatesAsync(IReadOnlyList<Candidate> candidates, IReadOnlyList<int> subset, CancellationToken cancel)
    {
        await EnsureAsync(candidates.SelectMany(c => subset.Select(r => (c, r))), cancel);
        foreach (var candidate in candidates)
            _tried.TryAdd(candidate.Key, candidate);
        return [.. candidates.Select(c => Pool(subset.Select(r => (c, r))))];
    }

    /// <summary>Error rate of a candidate: the mean of its own and its neighbours' pooled rates. Single rates move by a point with the slightest change.</summary>
    public Task<double> RobustRateAsync(Candidate candidate, IReadOnlyList<int> subset, CancellationToken cancel) =>
        RobustRateAsync([.. subset.Select(r => (candidate, r))], cancel);

    /// <summary>The same where each recording has a candidate of its own.</summary>
    public async Task<double> RobustRateAsync(IReadOnlyList<(Candidate Candidate, int Recording)> pairs, CancellationToken cancel)
    {
        var variants = Enumerable.Range(0, neighbours.Count + 1).Select(i => pairs.Select(p => (neighbours.Of(p.Candidate, i), p.Recording)).ToList()).ToList();
        await EnsureAsync(variants.SelectMany(v => v), cancel);
        return variants.Average(Pool);
    }

    private double Pool(IEnumerable<(Candidate Candidate, int Recording)> pairs) =>
        pairs.Aggregate(default(RecordingScore), (sum, p) => sum + _known[(p.Candidate.Key, p.Recording)]).Rate(objective);

    private Task EnsureAsync(IEnumerable<(Candidate Candidate, int Recording)> wanted, CancellationToken cancel)
    {
        var missing = wanted.DistinctBy(w => (w.Candidate.Key, w.Recording)).Where(w => !_known.ContainsKey((w.Candidate.Key, w.Recording))).ToList();
        var options = new ParallelOptions { MaxDegreeOfParallelism = jobs, CancellationToken = cancel };
        return Parallel.ForEachAsync(missing, options, async (pair, stop) =>
        {
            var result = await score(pair.Candidate, pair.Recording, stop);
            _known[(pair.Candidate.Key, pair.Recording)] = result;
            Computed?.Invoke(pair.Candidate, pair.Recording, result);
        });
    }
}
