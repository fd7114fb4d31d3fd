namespace Diarizer.Service.Options;

/// <summary>One room.</summary>
public sealed record StreamOptions
{
    /// <summary>Name in topics and logs: lower-case letters, digits, <c>_</c> and <c>-</c>.</summary>
    public string Name { get; init; } = "room";

    /// <summary>Where its audio comes from: <c>alsa:DEVICE</c>, <c>rtp://ADDRESS:PORT</c>, <c>wyoming://ADDRESS:PORT</c>, <c>hermes:SITE</c>, <c>file:PATH</c>, a plain path, or <c>stdin:</c>; see docs/audio-sources.md.</summary>
    public string Source { get; init; } = "";

    /// <summary>Play a file at the speed of the clock instead of as fast as possible; live sources always run in real time.</summary>
    public bool Realtime { get; init; }

    /// <summary>Start a file over at its end, for ever.</summary>
    public bool Loop { get; init; }

    /// <summary>All that is wrong, one sentence each.</summary>
    /// <param name="path">The configuration key of this record.</param>
    public IEnumerable<string> Validate(string path)
    {
        if (!IsName(Name))
            yield return $"{path}:Name is \"{Name}\"; use lower-case letters, digits, _ and - (it becomes part of the MQTT topics).";
        if (string.IsNullOrWhiteSpace(Source))
            yield return $"{path}:Source is empty; give an audio source such as alsa:default or file:meeting.flac.";
    }

    /// <summary>True when <paramref name="name"/> can be a topic segment: 1 to 64 of <c>[a-z0-9_-]</c>.</summary>
    public static bool IsName(string name) =>
        name.Length is > 0 and <= 64 && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '_' or '-');
}
