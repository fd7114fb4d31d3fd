namespace Diarizer.Audio.Sources;

/// <summary>How sources are opened and kept alive.</summary>
public sealed record AudioSourceOptions
{
    /// <summary>The clock that measures outages.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Told of overruns, losses and reopenings, on the reading thread: it must not block.</summary>
    public Action<SourceEvent>? OnEvent { get; init; }

    /// <summary>A device that is open but silent for this long is reported and reopened. 0.5 s to 10 min.</summary>
    public TimeSpan NoFramesTimeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Wait before the first attempt to reopen; doubles up to <see cref="ReopenMaximum"/>. 10 ms to 1 min.</summary>
    public TimeSpan ReopenMinimum { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The longest wait between attempts to reopen. From <see cref="ReopenMinimum"/> to 10 min.</summary>
    public TimeSpan ReopenMaximum { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A file starts over at its end, for ever.</summary>
    public bool Loop { get; init; }

    /// <summary>Where <c>stdin:</c> reads from; the process's own standard input when null.</summary>
    public Stream? StandardInput { get; init; }

    /// <summary>Says what is out of bounds.</summary>
    /// <exception cref="UserErrorException">A value is out of bounds.</exception>
    public void Validate()
    {
        Check(nameof(NoFramesTimeout), NoFramesTimeout, TimeSpan.FromSeconds(0.5), TimeSpan.FromMinutes(10));
        Check(nameof(ReopenMinimum), ReopenMinimum, TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(1));
        Check(nameof(ReopenMaximum), ReopenMaximum, ReopenMinimum, TimeSpan.FromMinutes(10));
    }

    private static void Check(string name, TimeSpan value, TimeSpan low, TimeSpan high)
    {
        if (value < low || value > high) throw new UserErrorException($"{name} is {value}; it must lie between {low} and {high}.");
    }
}
