namespace Diarizer.Training.Drawing;

/// <summary>Values over time and frequency as a picture: time to the right, low frequencies at the bottom.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Values">Row-major [bins, frames].</param>
/// <param name="Frames">Values in a row.</param>
/// <param name="Colours">The colours of the range.</param>
/// <param name="From">The value of the first colour; smaller ones get it too.</param>
/// <param name="To">The value of the last colour.</param>
internal sealed record HeatMap(string Title, float[] Values, int Frames, ColourMap Colours, double From, double To)
{
    /// <summary>Labels of the frequency axis at places from 0 (bottom) to 1 (top).</summary>
    public IReadOnlyList<(double Position, string Label)> FrequencyTicks { get; init; } = [];

    /// <summary>Seconds from one frame to the next.</summary>
    public double FrameSeconds { get; init; } = 0.01;

    public void DrawOn(SvgDrawing drawing, Frame frame)
    {
        var plot = frame.Inside(66, 28, 14, 46);
        drawing.Text(plot.Left + plot.Width / 2, frame.Top + 18, Title, TextAnchor.Middle, 13, bold: true);
        drawing.Image(plot, Png());
        var time = new Axis("time in s") { From = 0, To = Frames * FrameSeconds }.Fit([]);
        PlotFrame.Horizontal(drawing, plot, time.Title, time.Ticks().Select(t => (time.Position(t.Value), t.Label)), grid: false);
        PlotFrame.Vertical(drawing, plot, "frequency in kHz", FrequencyTicks, grid: false);
        drawing.Rectangle(plot, "none", Stroke.Border.Colour);
    }

    /// <summary>The values alone, a pixel each.</summary>
    public byte[] Png()
    {
        int bins = Values.Length / Frames;
        byte[] pixels = new byte[Values.Length];
        for (int bin = 0; bin < bins; bin++)
        {
            for (int frame = 0; frame < Frames; frame++)
            {
                double share = (Values[bin * Frames + frame] - From) / (To - From);
                pixels[(bins - 1 - bin) * Frames + frame] = (byte)Math.Round(255 * Math.Clamp(double.IsNaN(share) ? 0 : share, 0, 1));
            }
        }
        return PngImage.Encode(pixels, Frames, Colours.Palette);
    }
}
