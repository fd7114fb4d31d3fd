using Diarizer.Streaming.Enrolment;

namespace Diarizer.Service.Identity;

/// <summary>How people are enrolled.</summary>
public sealed record EnrolmentSettings
{
    /// <summary>
    /// The key that voiceprints are encrypted with: a path, or the name of a systemd credential; null: the first of those in <see cref="EnrolmentKey.DefaultPlaces"/> that
    /// exists. Without a key nobody is enrolled or recognised.
    /// </summary>
    public string? KeyFile { get; init; }

    /// <summary>The folder that <c>speaker/enroll</c> may take recordings from; null: none, people are enrolled over MQTT from what is heard alone.</summary>
    public string? Folder { get; init; }

    /// <summary>What recordings must be like.</summary>
    public EnrolmentOptions Recordings { get; init; } = new();

    /// <summary>All that is wrong, one sentence each.</summary>
    /// <param name="path">The configuration key of this record.</param>
    public IEnumerable<string> Validate(string path) => Recordings.Validate().Select(problem => $"{path}:{problem}");
}
