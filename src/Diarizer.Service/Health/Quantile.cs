namespace Diarizer.Service.Health;

/// <summary>Quantiles of small samples.</summary>
internal static class Quantile
{
    /// <summary>The smallest value that at least the share <paramref name="q"/> of all values does not exceed; 0 when there is none.</summary>
    public static double Of(IEnumerable<double> values, double q)
    {
        var ordered = values.Order().ToList();
        return ordered.Count == 0 ? 0 : ordered[(int)Math.Ceiling(q * ordered.Count) - 1];
    }
}
