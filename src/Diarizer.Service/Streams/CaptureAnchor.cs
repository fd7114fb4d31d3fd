using Diarizer.Audio;

namespace Diarizer.Service.Streams;

/// <summary>
/// Ties the sample clock to the wall clock at the newest captured sample, so that the drift of a sound card against the system's clock never
/// adds up in the reported latency.
/// </summary>
/// <param name="time">The wall clock.</param>
public sealed class CaptureAnchor(TimeProvider time)
{
    private long _sample;
    private long _timestamp;

    /// <summary>Notes that <paramref name="sample"/> is being captured now.</summary>
    public void Set(long sample) => (_sample, _timestamp) = (sample, time.GetTimestamp());

    /// <summary>How long ago the audio up to <paramref name="sample"/> was captured.</summary>
    public TimeSpan AgeOf(long sample)
    {
        var age = time.GetElapsedTime(_timestamp) + TimeSpan.FromSeconds(SampleClock.ToSeconds(_sample - sample));
        return age > TimeSpan.Zero ? age : TimeSpan.Zero;
    }
}
