using System.Globalization;
using Diarizer.Training.Drawing;

namespace Diarizer.Training.Evaluation;

/// <summary>
/// Detection error trade-off (Martin et al. 1997): missed targets over false alarms, both by their normal deviates, so that normally distributed scores give a straight line.
/// </summary>
internal static class DetPlot
{
    private const double From = 0.0005, To = 0.6, Size = 470, Letter = 6.6;

    private static readonly double[] Marked = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.4];

    /// <param name="title">What data it is on.</param>
    /// <param name="models">The curve of each model and its name.</param>
    public static SvgDrawing Draw(string title, IReadOnlyList<(string Name, ErrorCurve Curve)> models)
    {
        Curve[] curves =
        [
            .. models.Select(m => new Curve(string.Create(CultureInfo.InvariantCulture, $"{m.Name}: EER {100 * m.Curve.EqualErrorRate():0.00} %"), Points(m.Curve))),
            new Curve("as many misses as false alarms", [(Deviate(From), Deviate(From)), (Deviate(To), Deviate(To))]) { Stroke = new Stroke("#999999", 1, "3 3") },
        ];
        return new LineChart(title, Axis("false alarms in %"), Axis("misses in %"), curves).Draw(Size + 40 + Letter * curves.Max(c => c.Name.Length), Size);
    }

    private static Axis Axis(string name) => new(name)
    {
        From = Deviate(From),
        To = Deviate(To),
        Marks = [.. Marked.Select(share => (Deviate(share), (100 * share).ToString("0.##", CultureInfo.InvariantCulture)))],
    };

    private static (double, double)[] Points(ErrorCurve curve)
    {
        var points = new (double, double)[curve.Miss.Length];
        for (int i = 0; i < points.Length; i++)
            points[i] = (Deviate(curve.FalseAlarm[i]), Deviate(curve.Miss[i]));
        return points;
    }

    /// <summary>Shares of 0 and 1 have infinite deviates; what lies outside the plot may lie anywhere outside.</summary>
    private static double Deviate(double share) => NormalDeviate.Of(Math.Clamp(share, From / 10, 1 - (1 - To) / 10));
}
