using Diarizer.Audio.Network;
using Diarizer.Audio.Resampling;
using Diarizer.Audio.Sources;

namespace Diarizer.Audio.Rtp;

/// <summary>
/// Turns datagrams into audio on the sample clock, without a socket: the same datagrams at the same moments give the same audio. Timestamps drive
/// the clock; the clock on the wall is asked where they cannot tell: before the first packet, between two senders, and while nobody sends.
/// <para>
/// One sender is heard at a time. Another one, or the same with numbers or timestamps begun anew, is taken up when the first has fallen silent; its packets
/// are held until then. Read until nothing comes before the next datagram is given. One thread.
/// </para>
/// </summary>
internal sealed class RtpReceiver : IDisposable
{
    /// <summary>The longest payload that is taken: a jumbo frame.</summary>
    public const int MostPayloadBytes = 8192;

    // RFC 3550, A.1: noise on the port seldom looks like two packets of one sender.
    private const int PacketsToBegin = 2;
    private const int PacketsToTakeOver = 3;

    private static readonly TimeSpan SilenceToTakeOver = TimeSpan.FromMilliseconds(100);

    private readonly RtpSettings _settings;
    private readonly AudioSourceOptions _options;
    private readonly ArrivalClock _clock;
    private readonly RtpDecoders _decoders;
    private readonly RtpRejections _rejections = new();
    private readonly float[] _decoded = new float[MostPayloadBytes];
    private readonly RtpTimeline _timeline;
    private RtpStream _current;
    private RtpStream _candidate;
    private IRtpDecoder _decoder;
    private long _lastHeard;
    private long _lastOfCurrent;
    private int _decodedFrames;
    private int _decodedRead;
    private bool _takesOver;
    private long _received;
    private long _lost;
    private long _late;
    private long _duplicates;
    private long _reordered;
    private long _senders;
    private long _outages;
    private long _returns;

    public RtpReceiver(RtpSettings settings, AudioSourceOptions options)
    {
        (_settings, _options) = (settings, options);
        _decoders = new(settings);
        _decoder = _decoders.First;
        _clock = new(options.Time, _decoder.ClockRate);
        _timeline = new(_clock, new(_decoder.ClockRate, _decoder.Format.SampleRate));
        (_current, _candidate) = (new(settings.Jitter), new(settings.Jitter));
        _lastHeard = options.Time.GetTimestamp();
    }

    /// <summary>Of what <see cref="Read"/> gives; changes in a read that gives nothing.</summary>
    public AudioFormat Format => _decoder.Format;

    /// <summary>True after nothing has come for <see cref="AudioSourceOptions.NoFramesTimeout"/>.</summary>
    public bool IsDown { get; private set; }

    public SourceStatistics Statistics => new(
        0, _outages, _returns, IsDown, new(_received, _lost, _late, _duplicates, _reordered, _senders, _rejections.ToDictionary()));

    /// <summary>How long one may wait for the next datagram before <see cref="Read"/> has something without one.</summary>
    public TimeSpan Patience => _current.WaitsForHole
        ? TimeSpan.FromSeconds(_current.PatienceLeft(_clock.Now, Ticks(_settings.Jitter)) / (double)_decoder.ClockRate)
        : TimeSpan.MaxValue;

    /// <summary>Takes a datagram.</summary>
    public RtpReject Take(ReadOnlySpan<byte> datagram)
    {
        var reject = RtpPacket.Parse(datagram, out var packet);
        if (reject == RtpReject.None) reject = Sort(packet);
        if (reject != RtpReject.None) Refuse(reject);
        return reject;
    }

    /// <summary>A datagram is not used.</summary>
    public void Refuse(RtpReject reason)
    {
        if (_rejections.Add(reason) && reason != RtpReject.Rtcp) Report(SourceEventKind.Irregular, RtpComplaint.Of(reason));
    }

    /// <summary>Gives what there is, as any source does; never waits.</summary>
    public AudioRead Read(Span<float> interleaved)
    {
        var room = interleaved.Length / Format.Channels;
        while (true)
        {
            if (_timeline.TakeLost() is > 0 and var lost) return new(0, lost, false);
            if (_timeline.TakeSilence(room) is > 0 and var silent)
            {
                interleaved[..(silent * Format.Channels)].Clear();
                return new(silent, 0, false);
            }

            if (_decodedRead < _decodedFrames) return new(Copy(interleaved, room), 0, false);
            if (_current.TryRelease(_clock.Now, Ticks(_settings.Jitter), _takesOver, out var packet)) Play(packet);
            else if (_takesOver && TakeOver()) return default;
            else if (!_takesOver && !Concede()) return default;
        }
    }

    public void Dispose() => _decoders.Dispose();

    private long Ticks(TimeSpan time) => time.Ticks * _decoder.ClockRate / TimeSpan.TicksPerSecond;

    private RtpReject Sort(in RtpPacket packet)
    {
        if (packet.Payload.Length > MostPayloadBytes) return RtpReject.TooLong;
        var decoder = _decoders.Of(packet.PayloadType);
        var isCurrent = _current.Owns(packet);
        if (decoder is null)
        {
            // Comfort noise or keys of a telephone between the audio: no packet is missing there.
            if (isCurrent) _current.Insert(packet, 0, _clock.Now);
            return RtpReject.PayloadType;
        }

        if (packet.Payload.IsEmpty) return RtpReject.Empty;
        var frames = decoder.CountFrames(packet.Payload);
        if (frames == 0 || frames * decoder.Format.Channels > _decoded.Length) return RtpReject.BadPayload;
        _lastHeard = _options.Time.GetTimestamp();
        var ticks = (int)((long)frames * decoder.ClockRate / decoder.Format.SampleRate);
        return isCurrent && packet.PayloadType == _current.PayloadType ? Continue(packet, ticks) : Consider(packet, ticks);
    }

    private RtpReject Continue(in RtpPacket packet, int ticks)
    {
        _lastOfCurrent = _lastHeard;
        _candidate.Doubt();
        Count(_current.Insert(packet, ticks, _clock.Now));
        return RtpReject.None;
    }

    private RtpReject Consider(in RtpPacket packet, int ticks)
    {
        if (!_candidate.Owns(packet) || _candidate.PayloadType != packet.PayloadType || _candidate.IsFull)
        {
            _received -= _candidate.Held;
            for (var held = _candidate.Held; held > 0; held--) Refuse(RtpReject.OtherSender);
            _candidate.Begin(packet, ticks, _clock.Now);
        }

        Count(_candidate.Insert(packet, ticks, _clock.Now));
        _takesOver = _current.IsActive
            ? _candidate.Fresh >= PacketsToTakeOver && _options.Time.GetElapsedTime(_lastOfCurrent) >= SilenceToTakeOver
            : _candidate.Fresh >= PacketsToBegin;
        return RtpReject.None;
    }

    private void Count(RtpArrival arrival)
    {
        if (arrival == RtpArrival.Duplicate) _duplicates++;
        else if (arrival == RtpArrival.Late) _late++;
        else _received++;
        if (arrival == RtpArrival.Reordered) _reordered++;
    }

    /// <summary>The current sender is played to its end; the candidate takes its place.</summary>
    /// <returns>True when the format is another one from now on.</returns>
    private bool TakeOver()
    {
        _takesOver = false;
        var isSameSource = _current.IsActive && _current.Source == _candidate.Source;
        _current.End();
        (_current, _candidate) = (_candidate, _current);
        _lastOfCurrent = _lastHeard;
        _senders++;
        var (before, decoder) = (_decoder, _decoders.Of(_current.PayloadType)!);
        _decoder = decoder;
        decoder.Skip(long.MaxValue);
        if (decoder != before) _timeline.ChangeRates(new(decoder.ClockRate, decoder.Format.SampleRate));
        _timeline.BeginSender(keepsTimestamps: isSameSource && decoder.ClockRate == before.ClockRate);
        return decoder.Format != before.Format;
    }

    private void Play(in RtpRelease packet)
    {
        _lost += packet.LostBefore;
        if (packet.Ticks == 0) return;
        if (IsDown) ComeBack();
        var gap = _timeline.Place(packet, _current.StartOf(packet.Timestamp));
        if (gap.IsJump) Report(SourceEventKind.Irregular, "The sender's timestamps jumped; the clock of the source goes on by the time of arrival.");
        if (gap.LostFrames > 0) _decoder.Skip(gap.LostFrames);
        if (_decoder.Decode(packet.Payload, _decoded)) (_decodedRead, _decodedFrames) = (0, _timeline.Play(packet));
        else LoseDamaged(packet);
    }

    private void LoseDamaged(in RtpRelease packet)
    {
        Refuse(RtpReject.BadPayload);
        _lost++;
        _timeline.Lose(packet);
    }

    /// <summary>Nobody has sent for long: the clock goes on without audio.</summary>
    /// <returns>True when there is something lost to tell.</returns>
    private bool Concede()
    {
        var silent = _options.Time.GetElapsedTime(_lastHeard);
        if (silent < _options.NoFramesTimeout) return false;
        if (!IsDown)
        {
            (IsDown, _outages) = (true, _outages + 1);
            Report(SourceEventKind.NoFrames, $"No audio has come for {silent.TotalSeconds:F1} s; check that somebody sends to this address and port.");
        }

        return _timeline.Concede(Ticks(_settings.Jitter + SilenceToTakeOver));
    }

    private void ComeBack()
    {
        (IsDown, _returns) = (false, _returns + 1);
        Report(SourceEventKind.Reopened, $"Audio comes in at {Format.SampleRate} Hz with {Format.Channels} channel(s).");
    }

    private int Copy(Span<float> interleaved, int room)
    {
        var frames = Math.Min(room, _decodedFrames - _decodedRead);
        _decoded.AsSpan(_decodedRead * Format.Channels, frames * Format.Channels).CopyTo(interleaved);
        _decodedRead += frames;
        return frames;
    }

    private void Report(SourceEventKind kind, string message) => _options.OnEvent?.Invoke(new(kind, _settings.Uri, message));
}
