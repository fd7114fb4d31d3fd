namespace Diarizer.Service.Tuning;

/// <summary>What a search found. Rates are fractions, means over neighbouring settings, pooled over all recordings.</summary>
/// <param name="Round">Rounds that were finished.</param>
/// <param name="Start">The settings to begin with.</param>
/// <param name="Best">The best settings on all recordings.</param>
/// <param name="StartRate">Error rate of the settings to begin with.</param>
/// <param name="InSample">Error rate of the best on the recordings that they were chosen with: too good.</param>
/// <param name="HeldOut">Error rate of settings found in the same way on recordings that they were not chosen with.</param>
internal sealed record SearchResult(int Round, Candidate Start, Candidate Best, double StartRate, double InSample, double HeldOut)
{
    /// <summary>Whether anything better was found, and holds on other recordings.</summary>
    public bool IsBetter => Best.Changes.Count > 0 && HeldOut < StartRate;
}
