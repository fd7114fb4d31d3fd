namespace Diarizer.Audio.Sources;

/// <summary>What can happen to a source while it runs.</summary>
public enum SourceEventKind
{
    /// <summary>The device's buffer ran over; the frames are counted as lost.</summary>
    Overrun,

    /// <summary>The device went away (unplugged, server stopped).</summary>
    DeviceLost,

    /// <summary>The device is open but delivers nothing.</summary>
    NoFrames,

    /// <summary>The device is back and delivers.</summary>
    Reopened,

    /// <summary>The audio is not quite as announced; it is used as far as it goes.</summary>
    Irregular,
}

/// <summary>Something worth a line in the log.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Uri">The source.</param>
/// <param name="Message">One sentence.</param>
/// <param name="LostFrames">Frames lost by it, at the source's rate; 0 when none, or when they are reported as time goes by.</param>
public sealed record SourceEvent(SourceEventKind Kind, string Uri, string Message, long LostFrames = 0);
