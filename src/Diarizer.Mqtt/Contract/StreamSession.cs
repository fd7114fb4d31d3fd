using System.Globalization;
using System.Security.Cryptography;

namespace Diarizer.Mqtt.Contract;

/// <summary>One session of one stream: what every message of it says about its origin.</summary>
/// <param name="Stream">Name of the stream, <c>[a-z0-9_-]</c>.</param>
/// <param name="SessionId">Identifies the session for ever.</param>
/// <param name="BootId">Identifies the run of the daemon.</param>
/// <param name="StartedAt">UTC of sample 0. Attached once, so that a stepped system clock changes no distance between events.</param>
/// <param name="SampleRate">Samples per second of the capture clock.</param>
public sealed record StreamSession(string Stream, string SessionId, string BootId, DateTimeOffset StartedAt, int SampleRate = 16_000)
{
    /// <summary>What the speakers of the session are called.</summary>
    public SpeakerNames Names { get; init; } = new();

    /// <summary>A session that starts now.</summary>
    /// <exception cref="UserErrorException">The name cannot be a topic segment.</exception>
    public static StreamSession StartNow(string stream, string bootId, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        var now = time.GetUtcNow();
        var stamp = now.ToString("yyyyMMdd't'HHmmss'z'", CultureInfo.InvariantCulture);
        return new(Topics.CheckSegment(stream, "the name of a stream"), $"{stream}-{stamp}-{RandomNumberGenerator.GetHexString(4, lowercase: true)}", bootId, now);
    }

    /// <summary>A new id for a run of the daemon.</summary>
    public static string NewBootId() => Guid.CreateVersion7().ToString();

    /// <summary>UTC of a sample.</summary>
    public DateTimeOffset At(long sample) => StartedAt.AddTicks((long)(sample * (Int128)TimeSpan.TicksPerSecond / SampleRate));

    /// <summary>Milliseconds from sample 0 to a sample, rounded down.</summary>
    public long Milliseconds(long sample) => sample * 1000 / SampleRate;
}
