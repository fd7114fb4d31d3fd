using System.Globalization;

namespace Diarizer.Service.Tuning;

/// <summary>An option that is searched, and where.</summary>
/// <param name="Path">The option.</param>
/// <param name="Low">Least value.</param>
/// <param name="High">Greatest value.</param>
/// <param name="IsLogarithmic">Whether ratios matter rather than differences.</param>
/// <param name="Step">Only values so far apart, from <paramref name="Low"/> on; 0 for any. For options that change which windows are embedded, so that fewer are.</param>
internal sealed record SearchParameter(OptionPath Path, double Low, double High, bool IsLogarithmic, double Step)
{
    private const int Digits = 3;

    /// <summary>Whether a little more or less is another value.</summary>
    public bool IsContinuous => Step == 0 && !Path.IsWhole;

    /// <summary>Any value, each as likely on its scale.</summary>
    public double Draw(Random random) => At(random.NextDouble());

    /// <summary>A value near another, more likely the nearer.</summary>
    /// <param name="value">The other.</param>
    /// <param name="reach">Greatest distance, as a part of the range.</param>
    /// <param name="random">Where the choice comes from.</param>
    public double Near(double value, double reach, Random random)
    {
        var near = At(Place(value) + (reach * (random.NextDouble() + random.NextDouble() - 1)));
        // One step at least, or the value would rarely change.
        return near == value && !IsContinuous ? At(Place(value) + (Math.Max(StepSize, 1e-9) / (High - Low) * (random.Next(2) == 0 ? -1 : 1))) : near;
    }

    /// <summary>A value moved by a part of the range, not rounded; values in steps stay where they are.</summary>
    public double Shift(double value, double part) => IsContinuous ? Between(Place(value) + part) : value;

    private double StepSize => Path.IsWhole ? Math.Max(1, Step) : Step;

    private double Place(double value)
    {
        var inside = Math.Clamp(value, Low, High);
        return IsLogarithmic ? Math.Log(inside / Low) / Math.Log(High / Low) : (inside - Low) / (High - Low);
    }

    private double Between(double place)
    {
        var inside = Math.Clamp(place, 0, 1);
        return IsLogarithmic ? Low * Math.Pow(High / Low, inside) : Low + (inside * (High - Low));
    }

    // Few digits, as a person would write them.
    private double At(double place)
    {
        var value = Between(place);
        if (!IsContinuous)
            value = Low + (Math.Round((value - Low) / StepSize) * StepSize);
        return Math.Clamp(double.Parse(value.ToString($"G{Digits}", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture), Low, High);
    }
}
