namespace Diarizer.Service.Tuning;

/// <summary>What one setting is worth: last of all and first of all. Where the two differ, settings stand in for each other or need each other.</summary>
/// <param name="Path">The option.</param>
/// <param name="Before">Its value to begin with.</param>
/// <param name="Best">Its value in the best settings.</param>
/// <param name="Gain">Error rate lost when it alone is set back, as a fraction; negative when that would be better, not a number when that is not valid.</param>
/// <param name="Alone">Error rate won when it alone is changed.</param>
/// <param name="VarianceShare">Share of the variance of error rates between tried settings that this option explains alone; null when too few were tried.</param>
internal sealed record Worth(OptionPath Path, double Before, double Best, double Gain, double Alone, double? VarianceShare)
{
    private const int Groups = 3;
    private const int FewestTried = 24;

    /// <summary>Sets each changed option back, one at a time, and changes each alone.</summary>
    /// <param name="result">What was found.</param>
    /// <param name="evaluations">Scores.</param>
    /// <param name="tried">Settings that were tried on all recordings, with their error rates.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>The most valuable first.</returns>
    public static async Task<IReadOnlyList<Worth>> OfAsync(
        SearchResult result, Evaluations evaluations, IReadOnlyList<(Candidate Candidate, double Rate)> tried, CancellationToken cancel)
    {
        var worths = new List<Worth>();
        foreach (var (path, value) in result.Best.Changes)
        {
            var before = path.Get(result.Start.Options);
            var gain = await RateAsync(result.Best.With(path, before)) - result.InSample;
            var alone = result.StartRate - await RateAsync(result.Start.With(path, value));
            worths.Add(new Worth(path, before, value, gain, alone, Share(path, tried)));
        }

        return [.. worths.OrderByDescending(w => double.IsNaN(w.Gain) ? double.NegativeInfinity : w.Gain)];

        // Options that limit each other cannot always be changed alone.
        async Task<double> RateAsync(Candidate candidate) =>
            candidate.Options.Validate().Count > 0 ? double.NaN : await evaluations.RobustRateAsync(candidate, evaluations.All, cancel);
    }

    /// <summary>The correlation ratio over thirds of the values, adjusted for chance as R² is; never below 0.</summary>
    internal static double? Share(OptionPath path, IReadOnlyList<(Candidate Candidate, double Rate)> tried)
    {
        if (tried.Count < FewestTried)
            return null;
        // Equal values stay together: their group is that of their middle.
        var groups = tried.Select(t => (Value: path.Get(t.Candidate.Options), t.Rate)).GroupBy(t => t.Value).OrderBy(g => g.Key)
            .Aggregate((Seen: 0, Members: new List<(int Group, double Rate)>()), (sum, g) =>
            {
                sum.Members.AddRange(g.Select(t => ((sum.Seen + (g.Count() / 2)) * Groups / tried.Count, t.Rate)));
                return (sum.Seen + g.Count(), sum.Members);
            }).Members.GroupBy(m => m.Group).ToList();
        var mean = tried.Average(t => t.Rate);
        var total = tried.Sum(t => Math.Pow(t.Rate - mean, 2));
        if (total == 0 || groups.Count < 2)
            return 0;
        var within = groups.Sum(g => g.Sum(m => Math.Pow(m.Rate - g.Average(x => x.Rate), 2)));
        return Math.Max(0, 1 - (within / (tried.Count - groups.Count) / (total / (tried.Count - 1))));
    }
}
