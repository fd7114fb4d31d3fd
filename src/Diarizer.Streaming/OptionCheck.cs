using System.Globalization;

namespace Diarizer.Streaming;

/// <summary>Collects one sentence for each option that is out of its bounds.</summary>
internal sealed class OptionCheck
{
    private readonly List<string> _messages = [];
    private readonly Dictionary<string, OptionBounds> _bounds = [];

    public IReadOnlyList<string> Messages => _messages;

    /// <summary>Bounds of each option that was checked.</summary>
    public IReadOnlyDictionary<string, OptionBounds> Bounds => _bounds;

    public void Between(string name, double value, double low, double high)
    {
        _bounds[name] = new OptionBounds(low, high);
        if (!(value >= low && value <= high))
            _messages.Add(string.Create(CultureInfo.InvariantCulture, $"{name} is {value}; give a value from {low} to {high}."));
    }

    public void NotAbove(string name, double value, string limitName, double limit)
    {
        if (value > limit)
            _messages.Add(string.Create(CultureInfo.InvariantCulture, $"{name} is {value}; it must not exceed {limitName} ({limit})."));
    }
}
