namespace Diarizer.Audio.Capturing;

/// <summary>How audio is captured.</summary>
public sealed record CaptureOptions
{
    /// <summary>
    /// Audio kept for a reader that is late. When it is full a live source drops the oldest audio (reported as a gap) and any other waits.
    /// 0.1 s to 5 min.
    /// </summary>
    public TimeSpan Buffer { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Plays a file at the speed at which it was recorded.</summary>
    public bool Realtime { get; init; }

    /// <summary>The clock for <see cref="Realtime"/> and for <see cref="CaptureStatistics.LastFrame"/>.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Says what is out of bounds.</summary>
    /// <exception cref="UserErrorException">A value is out of bounds.</exception>
    public void Validate()
    {
        if (Buffer < TimeSpan.FromSeconds(0.1) || Buffer > TimeSpan.FromMinutes(5))
            throw new UserErrorException($"The capture buffer is {Buffer}; it must lie between 0.1 s and 5 min.");
    }
}
