using Diarizer.Training.Drawing;

namespace Diarizer.Training.Evaluation;

/// <summary>How the scores of same-speaker and of different-speaker pairs are distributed: a panel for each model.</summary>
internal static class ScoreHistogram
{
    private const int Bins = 80;
    private const double Width = 820, PanelHeight = 300;

    /// <param name="models">The scores of each model and its name.</param>
    public static SvgDrawing Draw(IReadOnlyList<(string Name, ScoredTrials Scores)> models)
    {
        var drawing = new SvgDrawing(Width, PanelHeight * models.Count);
        for (int i = 0; i < models.Count; i++)
            Panel(models[i].Name, models[i].Scores).DrawOn(drawing, drawing.Area.Cell(i, models.Count, 0, 1, gap: 0));
        return drawing;
    }

    private static LineChart Panel(string name, ScoredTrials scores)
    {
        double from = Math.Min(scores.Targets.Min(), scores.Others.Min()), to = Math.Max(scores.Targets.Max(), scores.Others.Max());
        double width = to > from ? (to - from) / Bins : 1;
        return new LineChart(name, new Axis("score"), new Axis("% of pairs") { From = 0 },
            [new Curve("same speaker", Outline(scores.Targets, from, width)), new Curve("different speakers", Outline(scores.Others, from, width))]);
    }

    /// <summary>The share of scores in each bin, as a line along the tops of the bars.</summary>
    internal static (double X, double Y)[] Outline(float[] scores, double from, double width)
    {
        int[] counts = new int[Bins];
        foreach (float score in scores)
            counts[Math.Clamp((int)((score - from) / width), 0, Bins - 1)]++;
        return
        [
            (from, 0),
            .. counts.SelectMany((count, bin) => new[] { bin, bin + 1 }.Select(edge => (from + edge * width, 100.0 * count / scores.Length))),
            (from + Bins * width, 0),
        ];
    }
}
