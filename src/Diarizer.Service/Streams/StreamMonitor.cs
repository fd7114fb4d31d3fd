using Diarizer.Audio;
using Diarizer.Audio.Sources;
using Diarizer.Mqtt.Contract;
using Diarizer.Service.Hosting;
using Diarizer.Service.Publishing;
using Microsoft.Extensions.Logging;

namespace Diarizer.Service.Streams;

/// <summary>Knows how a stream is doing and tells the sinks when that changes. Any thread may call it.</summary>
/// <param name="stream">Name of the stream.</param>
/// <param name="log">Takes everything that happens.</param>
public sealed class StreamMonitor(string stream, ILogger log)
{
    private readonly Lock _gate = new();
    private IReadOnlyList<IEventSink> _sinks = [];
    private bool _isRunning;
    private bool _isDown;

    /// <summary>Name of the stream.</summary>
    public string Stream => stream;

    /// <summary>True while its audio is thrown away unheard.</summary>
    public bool IsMuted { get; private set; }

    /// <summary>True while there is no working device.</summary>
    public bool IsDown => _isDown;

    /// <summary>True from its begin to its end.</summary>
    public bool IsRunning => _isRunning;

    /// <summary>True while it runs and has a working device, muted or not.</summary>
    public bool IsUp => _isRunning && !_isDown;

    /// <summary>How it is doing.</summary>
    public StreamStatus Status =>
        !_isRunning ? StreamStatus.Offline
        : IsMuted ? StreamStatus.Muted
        : _isDown ? StreamStatus.Degraded
        : StreamStatus.Online;

    /// <summary>The stream runs from now on, and these want to know.</summary>
    public void Begin(IReadOnlyList<IEventSink> sinks)
    {
        _sinks = sinks;
        Change(() => _isRunning = true);
    }

    /// <summary>The stream has ended.</summary>
    public void End() => Change(() => _isRunning = false);

    /// <summary>Mutes or unmutes.</summary>
    public void SetMuted(bool muted) => Change(() => IsMuted = muted);

    /// <summary>Something happened to the source.</summary>
    public void Take(SourceEvent e)
    {
        ArgumentNullException.ThrowIfNull(e);
        log.SourceEvent(stream, e.Kind, e.Message);
        switch (e.Kind)
        {
            // A device that comes back only to fail again tells its loss again.
            case SourceEventKind.DeviceLost or SourceEventKind.NoFrames when !_isDown:
                Change(() => _isDown = true);
                Tell(NodeEventType.DeviceLost, e.Message);
                break;
            case SourceEventKind.Reopened when _isDown:
                Change(() => _isDown = false);
                Tell(NodeEventType.DeviceBack, e.Message);
                break;
        }
    }

    /// <summary>Audio was lost and comes again.</summary>
    public void AudioLost(long samples)
    {
        var milliseconds = SampleClock.ToMilliseconds(samples);
        log.AudioLost(stream, milliseconds);
        Tell(NodeEventType.AudioGap, $"{milliseconds} ms of audio were lost.", milliseconds);
    }

    /// <summary>Processing is too slow: captured audio had to be thrown away.</summary>
    public void Overloaded(long samples)
    {
        var milliseconds = SampleClock.ToMilliseconds(samples);
        log.Overloaded(stream, milliseconds);
        Tell(NodeEventType.Overload, $"Processing does not keep up; {milliseconds} ms of audio were dropped.", milliseconds);
    }

    private void Change(Action change)
    {
        // Under the lock, so that no older status overtakes a newer one.
        lock (_gate)
        {
            var before = Status;
            change();
            if (Status == before)
                return;
            foreach (var sink in _sinks)
                sink.StatusChanged(stream, Status);
        }
    }

    private void Tell(NodeEventType kind, string message, long? milliseconds = null)
    {
        foreach (var sink in _sinks)
            sink.Happened(new StreamIncident(stream, kind, message, milliseconds));
    }
}
