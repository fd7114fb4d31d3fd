using System.Globalization;
using Diarizer.Training.Evaluation;

namespace Diarizer.Training.Commands;

/// <summary>Writes numbers for a table.</summary>
internal static class Cells
{
    public static string Percent(double share) => Number(share * 100, "0.00");

    /// <summary>A figure, and its interval where there is one.</summary>
    public static string Percent(double share, Interval? interval) => interval is null ? Percent(share) : $"{Percent(share)} ({Percent(interval.Low)} to {Percent(interval.High)})";

    public static string Cost(double cost) => Number(cost, "0.000");

    /// <inheritdoc cref="Percent(double, Interval?)"/>
    public static string Cost(double cost, Interval? interval) => interval is null ? Cost(cost) : $"{Cost(cost)} ({Cost(interval.Low)} to {Cost(interval.High)})";

    public static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
