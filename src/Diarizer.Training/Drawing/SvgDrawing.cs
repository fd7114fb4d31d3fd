using System.Globalization;
using System.Security;
using System.Text;

namespace Diarizer.Training.Drawing;

/// <summary>Where a text stands relative to its point.</summary>
internal enum TextAnchor
{
    Start,
    Middle,
    End,
}

/// <summary>An SVG picture on white, built element by element; sizes in pixels.</summary>
internal sealed class SvgDrawing(double width, double height)
{
    private readonly StringBuilder _body = new();
    private int _clips;

    public Frame Area => new(0, 0, width, height);

    public void Rectangle(Frame area, string fill, string stroke = "none") =>
        Add($"""<rect x="{Number(area.Left)}" y="{Number(area.Top)}" width="{Number(area.Width)}" height="{Number(area.Height)}" fill="{fill}" stroke="{stroke}"/>""");

    public void Line(double x1, double y1, double x2, double y2, Stroke stroke) =>
        Add($"""<line x1="{Number(x1)}" y1="{Number(y1)}" x2="{Number(x2)}" y2="{Number(y2)}" {stroke.Attributes}/>""");

    /// <param name="clip">An area from <see cref="Clip"/> outside which nothing is drawn.</param>
    public void Polyline(IEnumerable<(double X, double Y)> points, Stroke stroke, string? clip = null) =>
        Add($"""<polyline points="{string.Join(' ', points.Select(p => $"{Number(p.X)},{Number(p.Y)}"))}" fill="none" {stroke.Attributes}{(clip is null ? "" : $" clip-path=\"url(#{clip})\"")}/>""");

    /// <summary>Names an area that lines can be clipped to.</summary>
    public string Clip(Frame area)
    {
        string name = $"clip{_clips++}";
        Add($"""<clipPath id="{name}"><rect x="{Number(area.Left)}" y="{Number(area.Top)}" width="{Number(area.Width)}" height="{Number(area.Height)}"/></clipPath>""");
        return name;
    }

    /// <param name="turn">Degrees clockwise about the point.</param>
    public void Text(double x, double y, string text, TextAnchor anchor = TextAnchor.Start, double size = 12, double turn = 0, bool bold = false)
    {
        string turned = turn == 0 ? "" : $""" transform="rotate({Number(turn)} {Number(x)} {Number(y)})" """;
        string weight = bold ? """ font-weight="bold" """ : "";
        string name = anchor switch { TextAnchor.Middle => "middle", TextAnchor.End => "end", _ => "start" };
        Add($"""<text x="{Number(x)}" y="{Number(y)}" text-anchor="{name}" font-size="{Number(size)}"{turned}{weight}>{SecurityElement.Escape(text)}</text>""");
    }

    /// <summary>Embeds a PNG picture, stretched over the area without smoothing.</summary>
    public void Image(Frame area, byte[] png) => Add(
        $"""<image x="{Number(area.Left)}" y="{Number(area.Top)}" width="{Number(area.Width)}" height="{Number(area.Height)}" preserveAspectRatio="none" image-rendering="pixelated" href="data:image/png;base64,{Convert.ToBase64String(png)}"/>""");

    public string ToSvg() => $"""
        <svg xmlns="http://www.w3.org/2000/svg" width="{Number(width)}" height="{Number(height)}" viewBox="0 0 {Number(width)} {Number(height)}" font-family="sans-serif" fill="#222">
        <rect width="100%" height="100%" fill="white"/>
        {_body}</svg>

        """;

    /// <summary>Writes the picture; the file appears whole or not at all.</summary>
    public void Save(string path)
    {
        if (Path.GetDirectoryName(path) is { Length: > 0 } folder)
            Directory.CreateDirectory(folder);
        File.WriteAllText(path + ".part", ToSvg());
        File.Move(path + ".part", path, overwrite: true);
    }

    internal static string Number(double value) => Math.Round(value, 2).ToString(CultureInfo.InvariantCulture);

    private void Add(string element) => _body.Append(element).Append('\n');
}
