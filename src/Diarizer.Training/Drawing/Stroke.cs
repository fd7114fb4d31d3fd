namespace Diarizer.Training.Drawing;

/// <summary>How a line is drawn.</summary>
/// <param name="Colour">An SVG colour.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Dashes">Lengths of dashes and gaps in pixels; null for a whole line.</param>
internal sealed record Stroke(string Colour, double Width = 1, string? Dashes = null)
{
    // Okabe and Ito's colours, which the colour-blind can tell apart; yellow is left out, being invisible on white.
    private static readonly string[] Colours = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#222222"];
    private static readonly string?[] Patterns = [null, "7 3", "2 2", "9 3 2 3"];

    public static Stroke Grid { get; } = new("#e4e4e4");

    public static Stroke Border { get; } = new("#888888");

    /// <summary>A curve that others are compared with.</summary>
    public static Stroke Control { get; } = new("#777777", 2, "4 3");

    internal string Attributes => $"stroke=\"{Colour}\" stroke-width=\"{SvgDrawing.Number(Width)}\" stroke-linejoin=\"round\"" + (Dashes is null ? "" : $" stroke-dasharray=\"{Dashes}\"");

    /// <summary>The stroke of a chart's n-th curve: a colour, and another pattern when the colours come up again.</summary>
    public static Stroke Of(int index) => new(Colours[index % Colours.Length], 2, Patterns[index / Colours.Length % Patterns.Length]);
}
