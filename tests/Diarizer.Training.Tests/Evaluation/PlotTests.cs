using System.Globalization;
using System.Xml.Linq;
using Diarizer.Training.Evaluation;

namespace Diarizer.Training.Tests.Evaluation;

public class PlotTests
{
    /// <summary>Normal scores two deviations apart: their DET curve is straight and crosses the diagonal at the normal distribution's value of -1.</summary>
    [Fact]
    public void NormalScoresGiveAStraightLineThroughTheirEqualErrorRate()
    {
        float[] Normal(double mean) => [.. Enumerable.Range(0, 20_000).Select(i => (float)(mean + NormalDeviate.Of((i + 0.5) / 20_000)))];
        var svg = XDocument.Parse(DetPlot.Draw("data", [("model & co", new ErrorCurve(Normal(2), Normal(0))), ("worse", new ErrorCurve(Normal(1), Normal(0)))]).ToSvg()).Root!;
        Assert.Contains(svg.Elements(), e => e.Value == "model & co: EER 15.87 %");
        string[] ticks = ["0.1", "0.2", "0.5", "1", "2", "5", "10", "20", "40"];
        Assert.Equal([.. ticks, .. ticks], svg.Elements().Where(e => e.Name.LocalName == "text" && ticks.Contains(e.Value)).Select(e => e.Value));
        var diagonal = Points(svg.Elements().Last(e => e.Name.LocalName == "polyline"));
        var ((left, bottom), (right, top)) = (diagonal[0], diagonal[1]);
        var curve = Points(svg.Elements().First(e => e.Name.LocalName == "polyline")).Where(p => p.X >= left && p.X <= right && p.Y >= top && p.Y <= bottom).ToArray();
        Assert.InRange(curve.Length, 50, 2_000);
        // The line on which false alarms and misses are at deviates that add up to -2: it mirrors the diagonal.
        double middle = left + (NormalDeviate.Of(0.158655) - NormalDeviate.Of(0.0005)) / (NormalDeviate.Of(0.6) - NormalDeviate.Of(0.0005)) * (right - left);
        Assert.All(curve, p => Assert.Equal(2 * (middle - left), p.X - left + (bottom - p.Y) * (right - left) / (bottom - top), 3.0));
    }

    [Fact]
    public void AHistogramHoldsAllScores()
    {
        float[] scores = Examples.Scores(500, 1, 0);
        double from = scores.Min(), width = (scores.Max() - from) / 80;
        var outline = ScoreHistogram.Outline(scores, from, width);
        Assert.Equal(100, outline.Skip(1).SkipLast(1).Chunk(2).Sum(bar => bar[0].Y), 9);
        Assert.Equal((0.0, 0.0), (outline[0].Y, outline[^1].Y));
    }

    [Fact]
    public void EqualScoresStillGiveAPicture()
    {
        var scores = new ScoredTrials([0.5f, 0.5f], [0.5f]);
        Assert.NotNull(XDocument.Parse(ScoreHistogram.Draw([("a", scores), ("b", scores)]).ToSvg()).Root);
        Assert.NotNull(XDocument.Parse(DetPlot.Draw("", [("a", scores.Curve())]).ToSvg()).Root);
    }

    private static (double X, double Y)[] Points(XElement line) =>
        [.. line.Attribute("points")!.Value.Split(' ').Select(p => p.Split(',')).Select(p => (double.Parse(p[0], CultureInfo.InvariantCulture), double.Parse(p[1], CultureInfo.InvariantCulture)))];
}
