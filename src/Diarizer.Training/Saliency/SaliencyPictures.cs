using Diarizer.Training.Drawing;

namespace Diarizer.Training.Saliency;

/// <summary>One example's features and what methods hold of them.</summary>
/// <param name="Title">The example.</param>
/// <param name="Features">Row-major [bins, frames].</param>
/// <param name="Maps">Of each method, its values of the same shape, and whether they have signs.</param>
/// <param name="Frames">Frames.</param>
internal sealed record ExplainedExample(string Title, float[] Features, IReadOnlyList<(string Method, float[] Values, bool Signed)> Maps, int Frames);

/// <summary>Draws curves and maps.</summary>
internal static class SaliencyPictures
{
    private const double Percentile = 0.995;

    /// <summary>Insertion on the left, deletion on the right, top-1 accuracy, all methods in both.</summary>
    public static SvgDrawing Curves(IReadOnlyList<PerturbationResult> results)
    {
        var drawing = new SvgDrawing(1_120, 440);
        Chart("Insertion: only these bins are kept", r => r.Insertion, legend: false).DrawOn(drawing, new Frame(0, 0, 480, 440));
        Chart("Deletion: these bins are removed", r => r.Deletion, legend: true).DrawOn(drawing, new Frame(480, 0, 640, 440));
        return drawing;

        LineChart Chart(string title, Func<PerturbationResult, PerturbationCurve> curve, bool legend) => new(
            title,
            new Axis("most salient bins in %") { From = 0, To = 100 },
            new Axis("top-1 accuracy in %") { From = 0, To = 100 },
            [.. results.Select(r => Line(r.Method, curve(r)))])
        { Legend = legend };

        static Curve Line(string method, PerturbationCurve curve) =>
            new(method, [.. curve.Points.Select(p => (100 * p.Share, 100 * p.Top1))]) { Stroke = method == SaliencyMethods.Control ? Stroke.Control : null };
    }

    /// <summary>The features, and beside them the maps: light for what the decision rests on; with signs red for evidence for the speaker, blue against.</summary>
    /// <param name="hertz">The frequency of each bin.</param>
    /// <param name="frameSeconds">Seconds from one frame to the next.</param>
    public static SvgDrawing Maps(ExplainedExample example, IReadOnlyList<double> hertz, double frameSeconds)
    {
        const int Columns = 3;
        int rows = (example.Maps.Count + Columns) / Columns;
        var drawing = new SvgDrawing(1_200, 40 + 250 * rows);
        drawing.Text(600, 26, example.Title, TextAnchor.Middle, 15, bold: true);
        var inside = drawing.Area.Inside(0, 40, 0, 0);
        Panel("log spectrum", example.Features, ColourMap.Sequential, example.Features.Min(), example.Features.Max()).DrawOn(drawing, inside.Cell(0, rows, 0, Columns, 0));
        for (int i = 0; i < example.Maps.Count; i++)
        {
            var (method, values, signed) = example.Maps[i];
            double limit = Limit(values);
            Panel(method, values, signed ? ColourMap.Diverging : ColourMap.Sequential, signed ? -limit : 0, limit)
                .DrawOn(drawing, inside.Cell((i + 1) / Columns, rows, (i + 1) % Columns, Columns, 0));
        }
        return drawing;

        HeatMap Panel(string title, float[] values, ColourMap colours, double from, double to) =>
            new(title, values, example.Frames, colours, from, to) { FrequencyTicks = FrequencyTicks.Of(hertz), FrameSeconds = frameSeconds };
    }

    /// <summary>A magnitude that few values exceed, so that single bins do not darken all others.</summary>
    private static double Limit(float[] values)
    {
        float[] sizes = [.. values.Select(MathF.Abs)];
        Array.Sort(sizes);
        double limit = sizes[(int)(Percentile * (sizes.Length - 1))];
        return limit > 0 ? limit : Math.Max(sizes[^1], 1e-12);
    }
}
