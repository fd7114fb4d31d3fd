using System.Diagnostics;
using System.Xml.Linq;
using Diarizer.Training.Drawing;

namespace Diarizer.Training.Tests.Drawing;

public class PictureTests
{
    [Fact]
    public void AChartIsWellFormedAndDrawsItsCurvesInPlace()
    {
        var chart = new LineChart("loss < 1 & falling", new Axis("steps") { From = 0, To = 10 }, new Axis("loss") { From = 0, To = 1 },
            [new Curve("a", [(0, 0), (5, 0.5), (10, 1)]), new Curve("with a gap", [(0, 1), (2, double.NaN), (4, 1), (6, 1)])]);
        var svg = XDocument.Parse(chart.Draw(800, 400).ToSvg()).Root!;
        var lines = Elements(svg, "polyline").Select(e => Points(e.Attribute("points")!.Value)).ToList();
        Assert.Equal([3, 1, 2], lines.Select(l => l.Length));
        var plot = Elements(svg, "rect").Last();
        double left = (double)plot.Attribute("x")!, bottom = (double)plot.Attribute("y")! + (double)plot.Attribute("height")!, width = (double)plot.Attribute("width")!;
        Assert.Equal([(left, bottom), (left + width / 2, bottom - (double)plot.Attribute("height")! / 2), (left + width, (double)plot.Attribute("y")!)], lines[0]);
        Assert.Contains(Elements(svg, "text"), t => t.Value == "loss < 1 & falling");
        Assert.Contains(Elements(svg, "text"), t => t.Value == "with a gap");
    }

    [Fact]
    public void ManyCurvesStayDistinct() =>
        Assert.Equal(20, Enumerable.Range(0, 20).Select(i => Stroke.Of(i).Attributes).Distinct().Count());

    /// <summary>Read back by another program's decoder where there is one.</summary>
    [Fact]
    public void APngHoldsThePixelsGiven()
    {
        using var folder = new TemporaryFolder();
        var map = new HeatMap("", [0, 1, 2, 3, 4, 5], 3, ColourMap.Sequential, 0, 5);
        File.WriteAllBytes(folder["map.png"], map.Png());
        string script = "import sys, matplotlib.image as m; a = (m.imread(sys.argv[1])[..., :3] * 255).round().astype(int); print(a.shape, a[1, 0].tolist(), a[0, 2].tolist(), a[1, 2].tolist())";
        var (code, output) = Python(script, folder["map.png"]);
        Assert.SkipWhen(code != 0, "needs python3 with matplotlib to read the picture");
        var (low, high, third) = (ColourMap.Sequential.Palette[0], ColourMap.Sequential.Palette[255], ColourMap.Sequential.Palette[102]);
        Assert.Equal($"(2, 3, 3) {Show(low)} {Show(high)} {Show(third)}", output.Trim());
    }

    private static string Show((byte Red, byte Green, byte Blue) colour) => $"[{colour.Red}, {colour.Green}, {colour.Blue}]";

    private static IEnumerable<XElement> Elements(XElement svg, string name) => svg.Elements().Where(e => e.Name.LocalName == name);

    private static (double, double)[] Points(string text) =>
        [.. text.Split(' ').Select(p => p.Split(',')).Select(p => (double.Parse(p[0], System.Globalization.CultureInfo.InvariantCulture), double.Parse(p[1], System.Globalization.CultureInfo.InvariantCulture)))];

    private static (int Code, string Output) Python(params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("/usr/bin/python3", ["-c", .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return (-1, "");
        }
    }
}
