using System.Collections.Concurrent;

namespace Diarizer.Mqtt.Contract;

/// <summary>What speakers are called: enrolled people, and speakers of a session who were given a name for it. Safe for concurrent use.</summary>
public sealed class SpeakerNames
{
    private readonly ConcurrentDictionary<int, string> _names = new();

    /// <summary>Name of a speaker; null for one without.</summary>
    /// <param name="number">See <see cref="Streaming.Events.SpeakerLabel.Id"/>.</param>
    public string? Of(int number) => _names.GetValueOrDefault(number);

    /// <summary>Number of the speaker of a name, in whatever case; null when there is none.</summary>
    public int? NumberOf(string name)
    {
        foreach (var (number, known) in _names)
        {
            if (string.Equals(known, name, StringComparison.OrdinalIgnoreCase))
                return number;
        }

        return null;
    }

    /// <summary>Gives a name; null takes it away.</summary>
    public void Set(int number, string? name)
    {
        if (name is null)
            _names.TryRemove(number, out _);
        else
            _names[number] = name;
    }
}
