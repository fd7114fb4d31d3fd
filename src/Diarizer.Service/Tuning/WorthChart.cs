using System.Globalization;
using System.Security;
using System.Text;

namespace Diarizer.Service.Tuning;

/// <summary>Draws what settings are worth as bars, in SVG on white.</summary>
internal static class WorthChart
{
    private const double Row = 26, Names = 330, Bars = 420, Top = 64, Figures = 90;

    public static string Draw(IReadOnlyList<Worth> worths, string subtitle)
    {
        var shown = worths.Where(w => double.IsFinite(w.Gain)).ToList();
        double low = Math.Min(0, shown.Select(w => w.Gain).DefaultIfEmpty(0).Min()), high = Math.Max(0, shown.Select(w => w.Gain).DefaultIfEmpty(0).Max());
        var range = Math.Max(1e-6, high - low);
        double X(double gain) => Names + ((gain - low) / range * Bars);
        double width = Names + Bars + Figures, height = Top + (Row * Math.Max(1, shown.Count)) + 16;
        var svg = new StringBuilder();
        Add($"""<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="12" fill="#222" role="img">""");
        Add($"""<title>What each setting is worth</title><rect width="100%" height="100%" fill="white"/>""");
        Add($"""<text x="12" y="24" font-size="15" font-weight="bold">Points of DER lost when one setting is set back</text>""");
        Add($"""<text x="12" y="44" fill="#666">{subtitle}</text>""");
        for (var i = 0; i < shown.Count; i++)
        {
            var (worth, y) = (shown[i], Top + (i * Row));
            var (left, right) = (X(Math.Min(0, worth.Gain)), X(Math.Max(0, worth.Gain)));
            Add($"""<text x="12" y="{y + 15}">{worth.Path.Name} <tspan fill="#666">{worth.Before:0.###} → {worth.Best:0.###}</tspan></text>""");
            Add($"""<rect x="{left:0.#}" y="{y + 3}" width="{Math.Max(1, right - left):0.#}" height="{Row - 9}" fill="{(worth.Gain >= 0 ? "#2268bd" : "#c9314b")}"/>""");
            Add($"""<text x="{right + 6:0.#}" y="{y + 15}">{100 * worth.Gain:+0.00;-0.00}</text>""");
        }

        Add($"""<line x1="{X(0):0.#}" y1="{Top - 4}" x2="{X(0):0.#}" y2="{height - 12}" stroke="#222"/></svg>""");
        return svg.ToString();

        void Add(FormattableString element) => svg.Append(CultureInfo.InvariantCulture, $"{Escaped(element)}\n");
    }

    private static string Escaped(FormattableString element) =>
        string.Format(CultureInfo.InvariantCulture, element.Format, [.. element.GetArguments().Select(a => a is string text ? SecurityElement.Escape(text) : a)]);
}
