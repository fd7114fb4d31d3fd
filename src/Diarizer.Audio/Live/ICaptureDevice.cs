namespace Diarizer.Audio.Live;

/// <summary>One opening of a device. It reports faults and never mends itself beyond an overrun: recovery is <see cref="RecoveringSource"/>'s.</summary>
internal interface ICaptureDevice : IDisposable
{
    /// <summary>As read back from the device.</summary>
    AudioFormat Format { get; }

    /// <summary>Waits at most 100 ms for frames and reads what there is, up to the room given.</summary>
    DeviceRead Read(Span<float> interleaved);
}

/// <summary>What a device says to one read.</summary>
/// <param name="Frames">Frames read; 0 when nothing came in time.</param>
/// <param name="Buffered">Frames captured and not read yet: the last frame read is that much older than now.</param>
/// <param name="LostFrames">Frames lost just before these by an overrun; <see cref="Unknown"/> when the device cannot tell.</param>
/// <param name="Fault">Why the device is of no more use; null while it works.</param>
internal readonly record struct DeviceRead(int Frames, long Buffered = 0, long LostFrames = 0, string? Fault = null)
{
    public const long Unknown = -1;
}
