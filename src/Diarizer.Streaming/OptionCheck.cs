using System.Globalization;

namespace Diarizer.Streaming;

/// <summary>Collects one sentence for each option that is out of its bounds.</summary>
internal sealed class OptionCheck
{
    private readonly List<string> _messages = [];

    public IReadOnlyList<string> Messages => _messages;

    public void Between(string name, double value, double low, double high)
    {
        if (!(value >= low && value <= high))
            _messages.Add(string.Create(CultureInfo.InvariantCulture, $"{name} is {value}; give a value from {low} to {high}."));
    }

    public void NotAbove(string name, double value, string limitName, double limit)
    {
        if (value > limit)
            _messages.Add(string.Create(CultureInfo.InvariantCulture, $"{name} is {value}; it must not exceed {limitName} ({limit})."));
    }
}
