namespace Diarizer.Training.Drawing;

/// <summary>A rectangle of a drawing in pixels; y grows downwards.</summary>
internal readonly record struct Frame(double Left, double Top, double Width, double Height)
{
    public double Right => Left + Width;

    public double Bottom => Top + Height;

    /// <summary>What is left of the frame inside its margins.</summary>
    public Frame Inside(double left, double top, double right, double bottom) => new(Left + left, Top + top, Width - left - right, Height - top - bottom);

    /// <summary>The frame cut into equal cells, row by row, with a gap between them.</summary>
    public Frame Cell(int row, int rows, int column, int columns, double gap)
    {
        double width = (Width - gap * (columns - 1)) / columns, height = (Height - gap * (rows - 1)) / rows;
        return new Frame(Left + column * (width + gap), Top + row * (height + gap), width, height);
    }
}
