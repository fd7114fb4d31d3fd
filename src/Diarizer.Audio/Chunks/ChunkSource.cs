using Diarizer.Audio.Live;
using Diarizer.Audio.Network;
using Diarizer.Audio.Pipes;
using Diarizer.Audio.Resampling;
using Diarizer.Audio.Sources;

namespace Diarizer.Audio.Chunks;

/// <summary>
/// PCM that comes in chunks which do not tell their time, put on the sample clock: chunks follow each other without gaps until the sender pauses; what comes
/// after a pause is placed by the clock on the wall. Chunks may be given on any thread, one at a time.
/// </summary>
internal sealed class ChunkSource : IAudioSource
{
    /// <summary>Bytes of the longest chunk that is taken.</summary>
    public const int MostBytes = 1 << 20;

    // A device that sends nothing for good is told from one that is about to by this.
    private static readonly TimeSpan OnItsWay = TimeSpan.FromMilliseconds(500);

    // As late as this for ten seconds is no jitter: chunks must have been lost on the way.
    private static readonly TimeSpan LostOnTheWay = TimeSpan.FromMilliseconds(300);

    private readonly AudioSourceOptions _options;
    private readonly ChunkCounters _counters;
    private readonly bool _mayLose;
    private readonly object _gate = new();
    private readonly PieceBuffer _buffer = new(SampleClock.Rate);
    private readonly ArrivalClock _clock;
    private float[] _interleaved = [];
    private int _rate = SampleClock.Rate;
    private long _position;
    private long _lastHeard;
    private bool _follows;
    private bool _rests;
    private long _outages;
    private long _returns;

    /// <param name="uri">As given.</param>
    /// <param name="options">Clock, events and patience.</param>
    /// <param name="counters">What becomes of the chunks.</param>
    /// <param name="mayLose">Chunks may be lost on the way, and nobody says so.</param>
    public ChunkSource(string uri, AudioSourceOptions options, ChunkCounters counters, bool mayLose)
    {
        (Uri, _options, _counters, _mayLose) = (uri, options, counters, mayLose);
        _clock = new(options.Time, _rate);
        _lastHeard = options.Time.GetTimestamp();
    }

    public string Uri { get; }

    public AudioFormat Format => new(_buffer.Rate, 1);

    public bool IsLive => true;

    /// <summary>True after nothing has come for <see cref="AudioSourceOptions.NoFramesTimeout"/> and no pause was announced.</summary>
    public bool IsDown { get; private set; }

    public SourceStatistics Statistics => new(_buffer.Overruns, _outages, _returns, IsDown, _counters.ToStatistics());

    /// <summary>Takes a chunk.</summary>
    /// <param name="format">Of its samples.</param>
    /// <param name="encoding">Of its samples.</param>
    /// <param name="pcm">Interleaved samples.</param>
    /// <returns>Why it is not used; null when it is.</returns>
    public string? Take(AudioFormat format, PcmEncoding encoding, ReadOnlySpan<byte> pcm)
    {
        if (Fault(format, encoding, pcm.Length) is { } reason) return reason;
        lock (_gate) Place(format, encoding, pcm, pcm.Length / (format.Channels * encoding.BytesPerSample()));
        return null;
    }

    /// <summary>Why a chunk could not be used; null when it could.</summary>
    /// <param name="format">Of its samples.</param>
    /// <param name="encoding">Of its samples.</param>
    /// <param name="bytes">Its length.</param>
    public static string? Fault(AudioFormat format, PcmEncoding encoding, int bytes)
    {
        if (format.SampleRate is < Resampler.MinRate or > Resampler.MaxRate || format.Channels is < 1 or > 64) return "format";
        if (bytes > MostBytes) return "too_long";
        if (bytes % (format.Channels * encoding.BytesPerSample()) != 0) return "half_frame";
        return bytes == 0 ? "empty" : null;
    }

    /// <summary>What comes next does not follow what came last.</summary>
    /// <param name="announced">The sender said so, so nothing is wrong while it is silent.</param>
    public void Pause(bool announced)
    {
        lock (_gate) (_follows, _rests) = (false, announced);
    }

    /// <summary>The sender has begun and will send: silence means that something is wrong.</summary>
    public void Begin()
    {
        lock (_gate) (_rests, _lastHeard) = (false, _options.Time.GetTimestamp());
    }

    public AudioRead Read(Span<float> interleaved)
    {
        var read = _buffer.Read(interleaved);
        if (read is not { Frames: 0, LostFrames: 0 }) return read;
        lock (_gate) Concede();
        return default;
    }

    public void Dispose() => _buffer.End();

    private void Place(AudioFormat format, PcmEncoding encoding, ReadOnlySpan<byte> pcm, int frames)
    {
        if (format.SampleRate != _rate) ChangeRate(format.SampleRate);
        var arrival = _clock.Now;
        var late = arrival - frames - _position - _clock.Delay;
        if (!_follows) Lose(late);
        else if (_mayLose && _clock.Delay >= Frames(LostOnTheWay)) MakeUpForLost();
        (_follows, _lastHeard) = (true, _options.Time.GetTimestamp());
        if (IsDown) ComeBack();
        var samples = frames * format.Channels;
        if (_interleaved.Length < samples) _interleaved = new float[samples];
        var span = _interleaved.AsSpan(0, samples);
        encoding.ToFloat(pcm, span);
        _ = Downmix.ToMono(span, format.Channels, span);
        _buffer.Write(span[..frames]);
        _position += frames;
        _clock.Observe(arrival, _position);
        _counters.Received++;
    }

    private void MakeUpForLost()
    {
        _counters.Lost++;
        Lose(_clock.Delay);
        _clock.Forget();
    }

    private void Lose(long frames)
    {
        if (frames <= 0) return;
        _buffer.Lose(frames);
        _position += frames;
    }

    private void ChangeRate(int rate)
    {
        _position = new RateRatio(_rate, rate).OutputPosition(_position);
        _clock.ChangeRate(rate);
        _buffer.ChangeRate(rate);
        (_rate, _follows) = (rate, false);
    }

    /// <summary>Nobody sends: the clock goes on without audio.</summary>
    private void Concede()
    {
        var silent = _options.Time.GetElapsedTime(_lastHeard);
        if (silent < _options.NoFramesTimeout) return;
        if (!IsDown && !_rests)
        {
            (IsDown, _outages) = (true, _outages + 1);
            Report(SourceEventKind.NoFrames, $"No audio has come for {silent.TotalSeconds:F1} s; check the sender.");
        }

        _follows = false;
        Lose(_clock.Now - _clock.Delay - Frames(OnItsWay) - _position);
    }

    private void ComeBack()
    {
        (IsDown, _returns) = (false, _returns + 1);
        Report(SourceEventKind.Reopened, $"Audio comes in at {_rate} Hz.");
    }

    private long Frames(TimeSpan time) => time.Ticks * _rate / TimeSpan.TicksPerSecond;

    private void Report(SourceEventKind kind, string message) => _options.OnEvent?.Invoke(new(kind, Uri, message));
}
