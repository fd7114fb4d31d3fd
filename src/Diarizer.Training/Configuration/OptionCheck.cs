using System.Globalization;

namespace Diarizer.Training.Configuration;

/// <summary>Collects one clause for each option that is out of its bounds.</summary>
internal sealed class OptionCheck
{
    private readonly List<string> _problems;
    private readonly string _path;

    public OptionCheck()
        : this([], "")
    {
    }

    private OptionCheck(List<string> problems, string path)
    {
        _problems = problems;
        _path = path;
    }

    public IReadOnlyList<string> Problems => _problems;

    /// <summary>The same collection for the options under a key.</summary>
    public OptionCheck In(string key) => new(_problems, $"{_path}{key}.");

    public void Between(string key, double value, double low, double high) =>
        Require(value >= low && value <= high, key, value, string.Create(CultureInfo.InvariantCulture, $"from {low} to {high}"));

    /// <summary>A pair [from, to], both within the bounds and in order.</summary>
    public void Range(string key, double[] range, double low, double high)
    {
        bool holds = range is { Length: 2 } && range[0] >= low && range[1] <= high && range[0] <= range[1];
        string shown = range is null ? "null" : $"[{string.Join(", ", range.Select(v => v.ToString(CultureInfo.InvariantCulture)))}]";
        if (!holds)
            _problems.Add(string.Create(CultureInfo.InvariantCulture, $"{_path}{key} is {shown}; give [from, to] within {low} to {high}"));
    }

    public void OneOf(string key, string value, params ReadOnlySpan<string> allowed)
    {
        if (!allowed.Contains(value))
            _problems.Add($"{_path}{key} is '{value}'; give one of {string.Join(", ", allowed.ToArray())}");
    }

    public void Require(bool holds, string key, object value, string allowed)
    {
        if (!holds)
            _problems.Add(string.Create(CultureInfo.InvariantCulture, $"{_path}{key} is {value}; give {allowed}"));
    }
}
