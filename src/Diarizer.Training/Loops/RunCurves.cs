using System.Globalization;
using Diarizer.Training.Drawing;

namespace Diarizer.Training.Loops;

/// <summary>How a run went, as a picture: loss, learning rate and the validation figure over the steps.</summary>
internal sealed class RunCurves
{
    private const double Width = 900, PanelHeight = 270, MostSmoothed = 100, SmoothedShare = 0.1;
    private static readonly Stroke Faint = new("#b5cfe3"), Strong = new("#0072b2", 2), BestLine = new("#d55e00", 1.5, "7 3");
    private readonly ThinnedCurve _losses = new(), _smoothed = new(), _rates = new();
    private readonly List<(double X, double Y)> _validations = [];
    private string _figure = "";
    private double _mean;
    private long _steps, _last;

    /// <summary>The curves that the logs of a run hold.</summary>
    public static RunCurves Read(string log, string validationLog)
    {
        var curves = new RunCurves();
        foreach (string[] cells in RunLog.Read(log).Where(cells => cells.Length >= 3))
            curves.AddStep((long)Number(cells[0]), Number(cells[1]), Number(cells[2]));
        long seen = 0;
        foreach (string[] cells in RunLog.Read(validationLog).Where(cells => cells.Length >= 3))
        {
            long step = (long)Number(cells[0]);
            if (step != seen)
                curves.AddValidation(step, cells[1], Number(cells[2]));
            seen = step;
        }
        return curves;
    }

    public void AddStep(long step, double loss, double rate)
    {
        _last = step;
        // The mean looks back over a tenth of the steps at most: at the start, where the loss falls fast, it would lag behind.
        _mean += (loss - _mean) / Math.Clamp(_steps++ * SmoothedShare, 1, MostSmoothed);
        _losses.Add(step, loss);
        _smoothed.Add(step, _mean);
        _rates.Add(step, rate);
    }

    /// <summary>Adds the figure that a validation is judged by.</summary>
    public void AddValidation(long step, string name, double value)
    {
        _figure = name;
        _validations.Add((step, value));
    }

    /// <summary>Writes the picture as SVG.</summary>
    /// <param name="name">Name of the run.</param>
    /// <param name="best">The best validation, when there is one.</param>
    public void Save(string path, string name, (long Step, double Figure)? best)
    {
        LineChart[] charts =
        [
            Chart($"{name}: loss", new Curve("each step", _losses.Points) { Stroke = Faint }, new Curve("smoothed", _smoothed.Points) { Stroke = Strong }),
            Chart($"{name}: learning rate", new Curve("rate", _rates.Points) { Stroke = Strong }),
            .. _validations.Count == 0 ? [] : new[] { ValidationChart(name, best) },
        ];
        var drawing = new SvgDrawing(Width, PanelHeight * charts.Length);
        for (int i = 0; i < charts.Length; i++)
            charts[i].DrawOn(drawing, drawing.Area.Cell(i, charts.Length, 0, 1, 0));
        drawing.Save(path);
    }

    private LineChart ValidationChart(string name, (long Step, double Figure)? best)
    {
        var curve = new Curve("validation", _validations) { Stroke = Strong };
        return best is not { } b ? Chart($"{name}: {_figure}", curve)
            : Chart(string.Create(CultureInfo.InvariantCulture, $"{name}: {_figure}, best {b.Figure:0.0000} after step {b.Step:#,0}"),
                curve, new Curve("best", [(0, b.Figure), (_last, b.Figure)]) { Stroke = BestLine });
    }

    private LineChart Chart(string title, params IReadOnlyList<Curve> curves) =>
        new(title, new Axis("step") { From = 0, To = Math.Max(1, _last) }, new Axis(""), curves) { LegendLetters = "validation".Length };

    private static double Number(string cell) => double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : double.NaN;
}
