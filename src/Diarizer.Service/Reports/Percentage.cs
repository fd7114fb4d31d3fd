using System.Globalization;

namespace Diarizer.Service.Reports;

/// <summary>Prints parts of a whole.</summary>
internal static class Percentage
{
    /// <summary>In percent with one decimal; a dash where there is nothing to be a part of.</summary>
    public static string Of(double part, double whole) => whole > 0 ? (100 * part / whole).ToString("0.0", CultureInfo.InvariantCulture) : "–";
}
