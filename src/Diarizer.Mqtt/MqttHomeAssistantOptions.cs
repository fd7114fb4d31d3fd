namespace Diarizer.Mqtt;

/// <summary>Whether and how the node introduces itself to Home Assistant.</summary>
public sealed record MqttHomeAssistantOptions
{
    /// <summary>False takes an earlier introduction back.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Where Home Assistant looks for devices; its own default, too.</summary>
    public string Prefix { get; init; } = "homeassistant";

    /// <summary>Where Home Assistant says <c>online</c> when it starts (its birth message).</summary>
    public string StatusTopic { get; init; } = "homeassistant/status";

    /// <summary>Least wait before the introduction, 0 to <see cref="DelayMax"/>.</summary>
    public TimeSpan DelayMin { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Longest wait before the introduction, at most 60 s; each wait is drawn at random, so that a house full of nodes does not speak at once.</summary>
    public TimeSpan DelayMax { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Checks bounds.</summary>
    /// <returns>This.</returns>
    /// <exception cref="UserErrorException">A value is out of bounds.</exception>
    public MqttHomeAssistantOptions Validate()
    {
        Require(IsTopic(Prefix), "Mqtt:HomeAssistant:Prefix", Prefix, "a topic such as homeassistant, of a-z, A-Z, 0-9, _, - and /, and not below diarizer/");
        Require(IsTopic(StatusTopic), "Mqtt:HomeAssistant:StatusTopic", StatusTopic, "a topic such as homeassistant/status, of a-z, A-Z, 0-9, _, - and /, and not below diarizer/");
        Require(DelayMin >= TimeSpan.Zero && DelayMin <= DelayMax, "Mqtt:HomeAssistant:DelayMin", DelayMin, $"{TimeSpan.Zero:c} to {DelayMax:c}");
        Require(DelayMax >= DelayMin && DelayMax <= TimeSpan.FromSeconds(60), "Mqtt:HomeAssistant:DelayMax", DelayMax, $"{DelayMin:c} to 00:01:00");
        return this;
    }

    private static bool IsTopic(string topic) =>
        topic.Length <= 200 && topic.Split('/') is [not "diarizer", ..] levels
        && levels.All(l => l.Length > 0 && l.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-'));

    private static void Require(bool ok, string name, object value, string bounds)
    {
        if (!ok)
            throw new UserErrorException($"{name} is {value}, but must be {bounds}.");
    }
}
