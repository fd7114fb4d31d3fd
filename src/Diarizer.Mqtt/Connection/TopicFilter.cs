namespace Diarizer.Mqtt.Connection;

/// <summary>Topic filters as MQTT defines them (MQTT 5.0, 4.7).</summary>
public static class TopicFilter
{
    /// <summary>True when a subscription of <paramref name="filter"/> gets messages on <paramref name="topic"/>.</summary>
    public static bool Matches(string filter, string topic)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentNullException.ThrowIfNull(topic);
        var (wanted, levels) = (filter.Split('/'), topic.Split('/'));
        if (topic.StartsWith('$') && wanted[0] is "#" or "+")
            return false;
        for (var i = 0; i < wanted.Length; i++)
        {
            if (wanted[i] == "#")
                return true;
            if (i == levels.Length || (wanted[i] != "+" && wanted[i] != levels[i]))
                return false;
        }
        return wanted.Length == levels.Length;
    }
}
