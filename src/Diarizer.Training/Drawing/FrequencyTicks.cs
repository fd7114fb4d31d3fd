using System.Globalization;

namespace Diarizer.Training.Drawing;

/// <summary>Labels in kilohertz for an axis whose rows are bins of frequency, equally far apart or not.</summary>
internal static class FrequencyTicks
{
    private static readonly double[] Kilohertz = [0, 0.5, 1, 2, 3, 4, 6, 8, 12, 16, 24];

    /// <summary>Places from 0, the first bin's lower edge, to 1, the last one's upper edge.</summary>
    /// <param name="hertz">The frequency of each bin, ascending.</param>
    public static IReadOnlyList<(double Position, string Label)> Of(IReadOnlyList<double> hertz)
    {
        var ticks = new List<(double Position, string Label)>();
        foreach (double tick in Kilohertz)
        {
            if (Place(hertz, tick * 1_000) is { } place && (ticks.Count == 0 || place - ticks[^1].Position > 0.055))
                ticks.Add((place, tick.ToString(CultureInfo.InvariantCulture)));
        }
        return ticks;
    }

    private static double? Place(IReadOnlyList<double> hertz, double wanted)
    {
        if (hertz.Count < 2 || wanted < hertz[0] || wanted > hertz[^1])
            return null;
        int after = 1;
        while (hertz[after] < wanted)
            after++;
        double share = (wanted - hertz[after - 1]) / (hertz[after] - hertz[after - 1]);
        return (after - 0.5 + share) / hertz.Count;
    }
}
