using System.Globalization;

namespace Diarizer.Training.Drawing;

/// <summary>How values are laid out along an axis.</summary>
internal enum AxisScale
{
    Linear,

    /// <summary>By their logarithm; all values must be above 0.</summary>
    Logarithmic,
}

/// <summary>An axis of a chart.</summary>
/// <param name="Title">What it shows, with the unit.</param>
internal sealed record Axis(string Title)
{
    private static readonly double[] Factors = [5, 2, 1];

    public AxisScale Scale { get; init; }

    /// <summary>Its first value; null for the smallest of the data.</summary>
    public double? From { get; init; }

    /// <summary>Its last value; null for the largest of the data.</summary>
    public double? To { get; init; }

    /// <summary>Values to mark and their labels; null for round values.</summary>
    public IReadOnlyList<(double Value, string Label)>? Marks { get; init; }

    /// <summary>Ends of the axis for some data; open ends are moved out to a tick.</summary>
    public FittedAxis Fit(IEnumerable<double> values)
    {
        var finite = values.Where(v => double.IsFinite(v) && (Scale == AxisScale.Linear || v > 0)).DefaultIfEmpty(1).ToList();
        double from = From ?? finite.Min(), to = To ?? finite.Max();
        if (to <= from)
            (from, to) = Scale == AxisScale.Linear ? (From ?? from - 0.5, (From ?? from - 0.5) + 1) : (from / 2, from * 2);
        double step = Step(to - from);
        var fitted = Scale == AxisScale.Linear
            ? new FittedAxis(Title, Scale, From ?? Math.Floor(from / step + 1e-9) * step, To ?? Math.Ceiling(to / step - 1e-9) * step, step)
            : new FittedAxis(Title, Scale, from, to, step);
        return fitted with { Marks = Marks };
    }

    /// <summary>The largest step among 1, 2 and 5 times a power of ten that cuts a range into four or more.</summary>
    private static double Step(double range)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(range / 4)));
        return Factors.Select(factor => factor * power).First(step => range / step >= 4 - 1e-9);
    }
}

/// <summary>An axis with known ends.</summary>
/// <param name="Step">From one tick of a linear axis to the next.</param>
internal sealed record FittedAxis(string Title, AxisScale Scale, double From, double To, double Step)
{
    /// <inheritdoc cref="Axis.Marks"/>
    public IReadOnlyList<(double Value, string Label)>? Marks { get; init; }

    /// <summary>Where a value lies: 0 at the axis's start, 1 at its end.</summary>
    public double Position(double value) => Scale == AxisScale.Linear ? (value - From) / (To - From) : Math.Log(value / From) / Math.Log(To / From);

    /// <summary>Values to mark, with their labels.</summary>
    public IEnumerable<(double Value, string Label)> Ticks() => Marks ??
        (Scale == AxisScale.Linear ? LinearTicks() : LogarithmicTicks()).Select(v => (v, v.ToString("#,0.######", CultureInfo.InvariantCulture)));

    private IEnumerable<double> LinearTicks()
    {
        double first = Math.Ceiling(From / Step - 1e-9);
        for (int i = 0; (first + i) * Step <= To + Step * 1e-9; i++)
            yield return Math.Round((first + i) * Step, 10);
    }

    private IEnumerable<double> LogarithmicTicks()
    {
        double[] factors = To / From > 1_000 ? [1] : [1, 2, 5];
        for (double power = Math.Pow(10, Math.Floor(Math.Log10(From))); power <= To; power *= 10)
        {
            foreach (double value in factors.Select(f => f * power).Where(v => v >= From * (1 - 1e-9) && v <= To * (1 + 1e-9)))
                yield return value;
        }
    }
}
