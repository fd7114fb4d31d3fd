using Diarizer.Audio.Sources;
using Diarizer.Audio.Timing;

namespace Diarizer.Audio.Live;

/// <summary>
/// A live source over a device that may run over, fall silent or vanish. The first opening must succeed; afterwards the device is reopened
/// for ever, with growing pauses, and the lost time is reported as it passes, so that the capture clock keeps going without a device.
/// </summary>
internal sealed class RecoveringSource : IAudioSource
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(2);

    private readonly Func<ICaptureDevice> _open;
    private readonly AudioSourceOptions _options;
    private readonly Action<TimeSpan> _sleep;
    private readonly Backoff _backoff;
    private readonly LossClock _clock;
    private readonly RealTimeBrake _brake;
    private ICaptureDevice? _device;
    private bool _resuming;
    private long _overruns;
    private long _losses;
    private long _reopened;

    public RecoveringSource(string uri, Func<ICaptureDevice> open, AudioSourceOptions options, Action<TimeSpan>? sleep = null)
    {
        (Uri, _open, _options, _sleep) = (uri, open, options, sleep ?? Sleep);
        _device = open();
        Format = _device.Format;
        _backoff = new(options);
        _clock = new(options.Time);
        _brake = new(options.Time);
    }

    public string Uri { get; }

    /// <summary>May change when a device comes back: look before each read.</summary>
    public AudioFormat Format { get; private set; }

    public bool IsLive => true;

    public SourceStatistics Statistics => new(_overruns, _losses, _reopened, _device is null || _resuming);

    public AudioRead Read(Span<float> interleaved)
    {
        if (_device is null) return Reopen();
        var early = _brake.Early;
        if (early > TimeSpan.Zero)
        {
            _sleep(early < Patience ? early : Patience);
            return default;
        }

        var read = _device.Read(interleaved);
        if (read.Fault is not null) return Lose(SourceEventKind.DeviceLost, $"The device was lost ({read.Fault}); it will be reopened.");
        if (read.Frames > 0 || read.LostFrames != 0) return Deliver(read);
        if (_clock.SinceLastFrame >= _options.NoFramesTimeout)
            return Lose(SourceEventKind.NoFrames, $"The device has delivered nothing for {_clock.SinceLastFrame.TotalSeconds:F1} s; it will be reopened.");
        // Some plugins are always ready and have nothing: without a pause this would spin.
        _sleep(Breath);
        return default;
    }

    public void Dispose() => _device?.Dispose();

    private AudioRead Deliver(DeviceRead read)
    {
        var lost = read.LostFrames;
        if (_resuming || lost == DeviceRead.Unknown) lost = _clock.LostBefore(read.Frames + read.Buffered, Format.SampleRate);
        if (read.LostFrames != 0)
        {
            _overruns++;
            Report(SourceEventKind.Overrun, $"The device's buffer ran over; {lost} frames are lost.", lost);
        }

        if (_resuming && read.Frames > 0)
        {
            _resuming = false;
            _reopened++;
            _backoff.Reset();
            Report(SourceEventKind.Reopened, $"The device is back at {Format.SampleRate} Hz with {Format.Channels} channel(s).", 0);
        }

        _clock.Frames(read.Buffered, Format.SampleRate);
        _brake.Add(read.Frames, Format.SampleRate);
        return new(read.Frames, lost, false);
    }

    private AudioRead Lose(SourceEventKind kind, string message)
    {
        _device?.Dispose();
        _device = null;
        // A device that opens and fails before its first frame is the same outage going on.
        if (!_resuming)
        {
            _losses++;
            _backoff.Reset();
        }

        _resuming = true;
        _backoff.Failed();
        Report(kind, message, 0);
        return new(0, _clock.LostSoFar(Format.SampleRate), false);
    }

    private AudioRead Reopen()
    {
        var wait = _backoff.Remaining;
        if (wait > TimeSpan.Zero) _sleep(wait < Patience ? wait : Patience);
        var lost = _clock.LostSoFar(Format.SampleRate);
        if (_backoff.Remaining > TimeSpan.Zero) return new(0, lost, false);
        try
        {
            _device = _open();
            // The rate may differ from now on, so the time lost at the old one is settled first, in this read.
            Format = _device.Format;
            _clock.Opened();
            _brake.Reset();
        }
        catch (UserErrorException)
        {
            _backoff.Failed();
        }

        return new(0, lost, false);
    }

    // Whole milliseconds, rounded up: Thread.Sleep would round down to none and spin.
    private static void Sleep(TimeSpan time) => Thread.Sleep((int)Math.Ceiling(time.TotalMilliseconds));

    private void Report(SourceEventKind kind, string message, long lost) => _options.OnEvent?.Invoke(new(kind, Uri, message, lost));
}
