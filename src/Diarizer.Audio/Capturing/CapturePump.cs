using Diarizer.Audio.Resampling;

namespace Diarizer.Audio.Capturing;

/// <summary>One step of capture: source, downmix, resampler, queue. Owns nothing but its buffers and the resampler. Allocates nothing per step.</summary>
internal sealed class CapturePump : IDisposable
{
    private readonly IAudioSource _source;
    private readonly CaptureQueue _queue;
    private readonly TimeProvider _time;
    private readonly int _piecesPerSecond;
    private readonly LevelMeter _level = new();
    private readonly float[] _output = new float[SampleClock.Rate / 5];
    private AudioFormat _format;
    private Resampler _resampler;
    private float[] _frames;
    private long _samples;
    private long _gaps;
    private long _lost;
    private long _dropped;
    private long _invalid;
    private long _lastFrame;

    public CapturePump(IAudioSource source, CaptureQueue queue, bool inSmallPieces, TimeProvider time)
    {
        (_source, _queue, _time) = (source, queue, time);
        _piecesPerSecond = inSmallPieces ? 100 : 10;
        _format = source.Format;
        _resampler = new(_format.SampleRate);
        _frames = Room();
    }

    /// <summary>Where the capture clock stands: samples and gaps so far.</summary>
    public long Position => _samples + _lost;

    public CaptureStatistics Statistics
    {
        get
        {
            var source = _source.Statistics;
            var last = Volatile.Read(ref _lastFrame);
            return new(
                Volatile.Read(ref _samples),
                Volatile.Read(ref _gaps),
                Volatile.Read(ref _lost),
                Volatile.Read(ref _dropped),
                Volatile.Read(ref _invalid),
                _queue.Count,
                source.Overruns,
                source.DeviceLosses,
                source.Reopened,
                source.IsDown,
                _level.Dbfs,
                last == 0 ? null : new DateTimeOffset(last, TimeSpan.Zero),
                source.Packets);
        }
    }

    /// <summary>Moves one read of the source on.</summary>
    /// <returns>False at the end of the source.</returns>
    public bool Step()
    {
        var read = _source.Read(_frames);
        if (read.LostFrames > 0) PassGap(read.LostFrames);
        if (read.Frames > 0) PassFrames(_frames.AsSpan(0, read.Frames * _format.Channels));
        if (read.EndOfStream) Drain();
        else if (_source.Format != _format) Adopt(_source.Format);
        return !read.EndOfStream;
    }

    public void Dispose() => _resampler.Dispose();

    private float[] Room() => new float[Math.Max(1, _format.SampleRate / _piecesPerSecond) * _format.Channels];

    private void PassFrames(Span<float> frames)
    {
        Volatile.Write(ref _lastFrame, _time.GetUtcNow().UtcTicks);
        var count = frames.Length / _format.Channels;
        _invalid += Downmix.ToMono(frames, _format.Channels, frames);
        ReadOnlySpan<float> mono = frames[..count];
        while (!mono.IsEmpty) Pass(_resampler.Process(ref mono, _output));
    }

    private void PassGap(long frames)
    {
        Drain();
        var gap = _resampler.Skip(frames);
        if (gap <= 0) return;
        _gaps++;
        _lost += gap;
        _level.Silence(gap);
        _dropped += _queue.AddGap(gap);
    }

    private void Drain()
    {
        for (int count; (count = _resampler.Flush(_output)) > 0;) Pass(count);
    }

    private void Pass(int count)
    {
        if (count == 0) return;
        var samples = _output.AsSpan(0, count);
        _level.Add(samples);
        _samples += count;
        if (_source.IsLive) _dropped += _queue.WriteOrDrop(samples);
        else _queue.WriteOrWait(samples);
    }

    private void Adopt(AudioFormat format)
    {
        Drain();
        _resampler.Dispose();
        _format = format;
        _resampler = new(format.SampleRate);
        _frames = Room();
    }
}
