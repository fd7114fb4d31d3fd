using Diarizer.Audio;
using Diarizer.Audio.Capturing;
using Diarizer.Mqtt.Contract;
using Diarizer.Service.Hosting;
using Diarizer.Service.Publishing;
using Diarizer.Streaming.Events;
using Microsoft.Extensions.Logging;

namespace Diarizer.Service.Streams;

/// <summary>One room: capture -> core -> events, session after session, until the source ends or the daemon stops.</summary>
public sealed partial class StreamWorker
{
    private const long ShortGap = SampleClock.Rate / 5;
    private const long GapsTogether = 10 * SampleClock.Rate;
    private const string Fault = "a fault of the program; the log has the details.";

    private readonly StreamMonitor _monitor;
    private readonly Capture _capture;
    private readonly bool _isPaced;
    private readonly string _bootId;
    private readonly Func<StreamSession, Action<DiarizationEvent>, DiarizationLane> _openLane;
    private readonly IReadOnlyList<IEventSink> _sinks;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly float[] _buffer = new float[SampleClock.Rate / 10];
    private SessionRun? _session;
    private long _gap;
    private long _sinceGapTold = GapsTogether;
    private long _passes;
    private long _lastPass;

    /// <summary>Puts the parts together; nothing runs yet.</summary>
    /// <param name="monitor">Knows how the stream is doing.</param>
    /// <param name="capture">A running capture; owned from here on.</param>
    /// <param name="isPaced">True when the audio comes at the speed of the clock.</param>
    /// <param name="bootId">The run of the daemon.</param>
    /// <param name="openLane">Makes the lane of a session, which calls back with its events; may name speakers of the session.</param>
    /// <param name="sinks">Who wants the events.</param>
    /// <param name="time">The wall clock.</param>
    /// <param name="log">Takes the end and failures.</param>
    public StreamWorker(
        StreamMonitor monitor,
        Capture capture,
        bool isPaced,
        string bootId,
        Func<StreamSession, Action<DiarizationEvent>, DiarizationLane> openLane,
        IReadOnlyList<IEventSink> sinks,
        TimeProvider time,
        ILogger<StreamWorker> log)
    {
        (_monitor, _capture, _isPaced, _bootId, _openLane, _sinks, _time, _log) = (monitor, capture, isPaced, bootId, openLane, sinks, time, log);
        Meter = new StreamMeter(time);
        _lastPass = time.GetTimestamp();
    }

    /// <summary>Name of the stream.</summary>
    public string Stream => _monitor.Stream;

    /// <summary>How the stream is doing.</summary>
    public StreamMonitor Monitor => _monitor;

    /// <summary>How well it keeps up.</summary>
    public StreamMeter Meter { get; }

    /// <summary>What was captured and lost.</summary>
    public CaptureStatistics Statistics => _capture.Statistics;

    /// <summary>Grows with each piece that was processed, gaps of a lost device included.</summary>
    public long Passes => Interlocked.Read(ref _passes);

    /// <summary>Time since the last pass, or since it was made.</summary>
    public TimeSpan Idle => _time.GetElapsedTime(Interlocked.Read(ref _lastPass));

    /// <summary>Runs until the source ends or <paramref name="stop"/>; open turns end in both cases. Never throws.</summary>
    /// <returns>Why it could not go on; null when its input simply ended or it was told to stop.</returns>
    public async Task<string?> RunAsync(CancellationToken stop)
    {
        _monitor.Begin(_sinks);
        BeginSession();
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
            _log.StreamFailed(Stream, failure);
        }
        catch (Exception e)
        {
            failure = Fault;
            _log.StreamBroke(e, Stream);
        }

        _capture.Dispose();
        RefuseOrders();
        failure = await EndSessionAsync(failure) ?? failure;
        _monitor.End();
        return failure;
    }

    private async Task ListenAsync(CancellationToken stop)
    {
        while (true)
        {
            if (await ReadAsync(stop).ConfigureAwait(false) is not { } read)
            {
                await CarryOutOrdersAsync().ConfigureAwait(false);
                continue;
            }

            var began = _time.GetTimestamp();
            NoteGap(read);
            var samples = _buffer.AsMemory(0, read.Samples);
            // Silence in place of what was said: the clock goes on, and nothing of it is heard, kept or told.
            if (_monitor.IsMuted)
                samples.Span.Clear();
            Meter.AddLevel(samples.Span);
            if (_session is not null)
                await _session.WriteAsync(read.Gap, samples, Backlog(read)).ConfigureAwait(false);
            Meter.AddWork(read.Samples, began);
            Interlocked.Increment(ref _passes);
            Interlocked.Exchange(ref _lastPass, _time.GetTimestamp());
            if (read.EndOfStream)
                return;
        }
    }

    /// <summary>A gap may come in pieces while a device is away; it is told when audio comes again. Lost packets come often and are short: they are told together.</summary>
    private void NoteGap(CaptureRead read)
    {
        _gap += read.Gap;
        _sinceGapTold += read.Gap + read.Samples;
        if (_gap == 0 || (read.Samples == 0 && !read.EndOfStream))
            return;
        if (_gap < ShortGap && _sinceGapTold < GapsTogether && !read.EndOfStream)
            return;
        _monitor.AudioLost(_gap);
        (_gap, _sinceGapTold) = (0, 0);
    }

    /// <summary>Samples captured after those just read. A file that is read as fast as possible waits for us, so it has none.</summary>
    private int Backlog(CaptureRead read) => _isPaced && read.Samples == _buffer.Length ? _capture.Statistics.BufferedSamples : 0;

    private StreamSession BeginSession()
    {
        _session = new SessionRun(StreamSession.StartNow(Stream, _bootId, _time), _openLane, _sinks, Meter, _time);
        return _session.Session;
    }

    /// <returns>What went wrong at the end, or <paramref name="failure"/>.</returns>
    private async Task<string?> EndSessionAsync(string? failure)
    {
        if (_session is not { } session)
            return failure;
        _session = null;
        try
        {
            var summary = await session.EndAsync(failure).ConfigureAwait(false);
            _log.SessionEnded(Stream, SampleClock.ToSeconds(summary.Position), summary.Turns, summary.Speakers.Count);
            return failure;
        }
        catch (Exception e) when (e is InvalidOperationException or ObjectDisposedException)
        {
            // The core stopped in the middle of a question; what it had told already stands.
            _log.StreamBroke(e, Stream);
            return failure ?? Fault;
        }
    }
}
