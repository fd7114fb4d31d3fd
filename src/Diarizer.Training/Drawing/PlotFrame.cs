namespace Diarizer.Training.Drawing;

/// <summary>The border of a plot with its ticks, labels and titles.</summary>
internal static class PlotFrame
{
    private const double TickLength = 4;

    /// <param name="plot">The plot's inside; labels lie around it.</param>
    /// <param name="grid">Draws a line across the plot at every tick.</param>
    public static void Draw(SvgDrawing drawing, Frame plot, FittedAxis horizontal, FittedAxis vertical, bool grid)
    {
        Horizontal(drawing, plot, horizontal.Title, horizontal.Ticks().Select(t => (horizontal.Position(t.Value), t.Label)), grid);
        Vertical(drawing, plot, vertical.Title, vertical.Ticks().Select(t => (vertical.Position(t.Value), t.Label)), grid);
        drawing.Rectangle(plot, "none", Stroke.Border.Colour);
    }

    /// <param name="ticks">Places from 0 at the left to 1 at the right, with their labels.</param>
    public static void Horizontal(SvgDrawing drawing, Frame plot, string title, IEnumerable<(double Position, string Label)> ticks, bool grid)
    {
        foreach (var (position, label) in ticks)
        {
            double x = plot.Left + position * plot.Width;
            if (grid)
                drawing.Line(x, plot.Top, x, plot.Bottom, Stroke.Grid);
            drawing.Line(x, plot.Bottom, x, plot.Bottom + TickLength, Stroke.Border);
            drawing.Text(x, plot.Bottom + 17, label, TextAnchor.Middle, 11);
        }
        drawing.Text(plot.Left + plot.Width / 2, plot.Bottom + 36, title, TextAnchor.Middle);
    }

    /// <param name="ticks">Places from 0 at the bottom to 1 at the top, with their labels.</param>
    public static void Vertical(SvgDrawing drawing, Frame plot, string title, IEnumerable<(double Position, string Label)> ticks, bool grid)
    {
        foreach (var (position, label) in ticks)
        {
            double y = plot.Bottom - position * plot.Height;
            if (grid)
                drawing.Line(plot.Left, y, plot.Right, y, Stroke.Grid);
            drawing.Line(plot.Left - TickLength, y, plot.Left, y, Stroke.Border);
            drawing.Text(plot.Left - 8, y + 4, label, TextAnchor.End, 11);
        }
        drawing.Text(plot.Left - 48, plot.Top + plot.Height / 2, title, TextAnchor.Middle, turn: -90);
    }
}
