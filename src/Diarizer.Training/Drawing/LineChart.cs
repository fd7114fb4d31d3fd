namespace Diarizer.Training.Drawing;

/// <summary>A curve of a chart.</summary>
/// <param name="Name">Its line in the legend.</param>
/// <param name="Points">In the order in which they are joined; points that are not finite leave a gap.</param>
internal sealed record Curve(string Name, IReadOnlyList<(double X, double Y)> Points)
{
    /// <summary>How it is drawn; null for the next stroke of the palette.</summary>
    public Stroke? Stroke { get; init; }
}

/// <summary>Curves over common axes, with a legend beside them.</summary>
internal sealed record LineChart(string Title, Axis Horizontal, Axis Vertical, IReadOnlyList<Curve> Curves)
{
    private const double LegendRow = 18, Sample = 26, LetterWidth = 6.6;

    /// <summary>Pixels within which points of a curve are drawn as one; bounds the size of the picture.</summary>
    private const double Fine = 0.4;

    /// <summary>False to leave the legend to another panel of the same picture.</summary>
    public bool Legend { get; init; } = true;

    /// <summary>The legend gets room for names of at least so many letters, so that the panels of a picture line up.</summary>
    public int LegendLetters { get; init; }

    /// <summary>Draws the chart as a picture of its own.</summary>
    public SvgDrawing Draw(double width = 820, double height = 440)
    {
        var drawing = new SvgDrawing(width, height);
        DrawOn(drawing, drawing.Area);
        return drawing;
    }

    /// <summary>Draws the chart within a frame of a larger picture.</summary>
    public void DrawOn(SvgDrawing drawing, Frame frame)
    {
        double legend = Legend ? Sample + 16 + LetterWidth * Curves.Select(c => c.Name.Length).Append(LegendLetters).Max() : 0;
        var plot = frame.Inside(66, 36, 18 + legend, 50);
        var (x, y) = (Horizontal.Fit(Curves.SelectMany(c => c.Points).Select(p => p.X)), Vertical.Fit(Curves.SelectMany(c => c.Points).Select(p => p.Y)));
        drawing.Text(plot.Left + plot.Width / 2, frame.Top + 22, Title, TextAnchor.Middle, 14, bold: true);
        PlotFrame.Draw(drawing, plot, x, y, grid: true);
        string clip = drawing.Clip(plot);
        for (int i = 0; i < Curves.Count; i++)
        {
            var stroke = Curves[i].Stroke ?? Stroke.Of(i);
            foreach (var piece in Pieces(Curves[i].Points, p => (plot.Left + x.Position(p.X) * plot.Width, plot.Bottom - y.Position(p.Y) * plot.Height)))
                drawing.Polyline(Thinned(piece), stroke, clip);
            if (Legend)
                DrawLegend(drawing, plot.Right + 12, plot.Top + 10 + i * LegendRow, Curves[i].Name, stroke);
        }
    }

    private static void DrawLegend(SvgDrawing drawing, double x, double y, string name, Stroke stroke)
    {
        drawing.Line(x, y, x + Sample, y, stroke);
        drawing.Text(x + Sample + 6, y + 4, name);
    }

    private static IEnumerable<(double X, double Y)> Thinned(List<(double X, double Y)> piece)
    {
        var kept = piece[0];
        yield return kept;
        foreach (var point in piece.Skip(1).SkipLast(1).Where(p => Math.Max(Math.Abs(p.X - kept.X), Math.Abs(p.Y - kept.Y)) >= Fine))
            yield return kept = point;
        if (piece.Count > 1)
            yield return piece[^1];
    }

    private static IEnumerable<List<(double X, double Y)>> Pieces(IReadOnlyList<(double X, double Y)> points, Func<(double X, double Y), (double X, double Y)> place)
    {
        var piece = new List<(double, double)>();
        foreach (var point in points)
        {
            var (x, y) = place(point);
            if (double.IsFinite(x) && double.IsFinite(y))
            {
                piece.Add((x, y));
                continue;
            }
            if (piece.Count > 0)
                yield return piece;
            piece = [];
        }
        if (piece.Count > 0)
            yield return piece;
    }
}
