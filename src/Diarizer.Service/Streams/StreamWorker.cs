using Diarizer.Audio;
using Diarizer.Audio.Capturing;
using Diarizer.Mqtt.Contract;
using Diarizer.Service.Hosting;
using Diarizer.Service.Publishing;
using Diarizer.Streaming;
using Diarizer.Streaming.Events;
using Microsoft.Extensions.Logging;

namespace Diarizer.Service.Streams;

/// <summary>One room: capture -> core -> events, until the source ends or the daemon stops.</summary>
public sealed class StreamWorker
{
    private readonly Capture _capture;
    private readonly bool _isPaced;
    private readonly DiarizationLane _lane;
    private readonly IReadOnlyList<IEventSink> _sinks;
    private readonly CaptureAnchor _anchor;
    private readonly ILogger _log;
    private readonly float[] _buffer = new float[SampleClock.Rate / 10];
    private long _position;
    private long _turns;
    private long _passes;

    /// <summary>Puts the parts together; nothing runs yet.</summary>
    /// <param name="session">What the events belong to.</param>
    /// <param name="capture">A running capture; owned from here on.</param>
    /// <param name="isPaced">True when the audio comes at the speed of the clock.</param>
    /// <param name="openLane">Makes the lane that calls back with its events.</param>
    /// <param name="sinks">Who wants the events.</param>
    /// <param name="time">The wall clock.</param>
    /// <param name="log">Takes gaps, the end and failures.</param>
    public StreamWorker(
        StreamSession session, Capture capture, bool isPaced, Func<Action<DiarizationEvent>, DiarizationLane> openLane, IReadOnlyList<IEventSink> sinks, TimeProvider time, ILogger<StreamWorker> log)
    {
        (Session, _capture, _isPaced, _sinks, _anchor, _log) = (session, capture, isPaced, sinks, new CaptureAnchor(time), log);
        _lane = openLane(Publish);
    }

    /// <summary>What its events belong to.</summary>
    public StreamSession Session { get; }

    /// <summary>Grows with each piece that was processed, gaps of a lost device included.</summary>
    public long Passes => Interlocked.Read(ref _passes);

    /// <summary>Runs until the source ends or <paramref name="stop"/>; open turns end in both cases. Never throws.</summary>
    public async Task<StreamSummary> RunAsync(CancellationToken stop)
    {
        foreach (var sink in _sinks)
            sink.StreamOpened(Session);
        string? failure = null;
        try
        {
            await ListenAsync(stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Told to stop.
        }
        catch (UserErrorException e)
        {
            failure = e.Message;
            _log.StreamFailed(Session.Stream, failure);
        }
        catch (Exception e)
        {
            failure = "a fault of the program; the log has the details.";
            _log.StreamBroke(e, Session.Stream);
        }

        _capture.Dispose();
        return await EndAsync(failure);
    }

    private async Task ListenAsync(CancellationToken stop)
    {
        while (true)
        {
            var read = await _capture.ReadAsync(_buffer, stop).ConfigureAwait(false);
            _position += read.Gap + read.Samples;
            _anchor.Set(_position + Backlog(read));
            if (read.Gap > 0)
                await _lane.WriteGapAsync(read.Gap).ConfigureAwait(false);
            if (read.Samples > 0)
                await _lane.WriteAsync(_buffer.AsSpan(0, read.Samples)).ConfigureAwait(false);
            Interlocked.Increment(ref _passes);
            if (read.EndOfStream)
                return;
        }
    }

    /// <summary>Samples captured after those just read. A file that is read as fast as possible waits for us, so it has none.</summary>
    private int Backlog(CaptureRead read) => _isPaced && read.Samples == _buffer.Length ? _capture.Statistics.BufferedSamples : 0;

    private async Task<StreamSummary> EndAsync(string? failure)
    {
        try
        {
            await _lane.CompleteAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is InvalidOperationException or ObjectDisposedException)
        {
            // The core stopped in the middle of a question; what it had told already stands.
            _log.StreamBroke(e, Session.Stream);
            failure ??= "a fault of the program; the log has the details.";
        }

        var summary = new StreamSummary(_position, (int)_turns, [.. _lane.Core.Speakers], failure);
        _log.StreamEnded(Session.Stream, SampleClock.ToSeconds(_position), summary.Turns, summary.Speakers.Count);
        foreach (var sink in _sinks)
            sink.StreamClosed(Session, summary);
        return summary;
    }

    private void Publish(DiarizationEvent e)
    {
        if (e is AudioGap gap)
            _log.AudioLost(Session.Stream, SampleClock.ToMilliseconds(gap.Length));
        if (e is TurnChanged { Kind: TurnEventKind.Ended })
            _turns++;
        var published = new StreamEvent(Session, e, _anchor.AgeOf(e.At));
        foreach (var sink in _sinks)
            sink.Publish(published);
    }
}
