using Diarizer.Mqtt.Contract;
using Diarizer.Streaming.Events;

namespace Diarizer.Mqtt.Tests.Contract;

internal static class Samples
{
    public static readonly StreamSession Session = new("kitchen", "kitchen-1", "boot-1", new DateTimeOffset(2026, 3, 1, 9, 30, 0, TimeSpan.Zero));

    /// <summary>A turn event with times in seconds.</summary>
    public static TurnChanged Turn(TurnEventKind kind, int id, int revision, int speaker, double start, double end, double at, TurnEndReason? reason = null) =>
        new(Samples16k(at), kind, id, revision, new(speaker, speaker == 0 ? 0 : 0.87654f, speaker != 0), Samples16k(start), Samples16k(end), reason);

    public static long Samples16k(double seconds) => (long)Math.Round(seconds * 16_000);
}
