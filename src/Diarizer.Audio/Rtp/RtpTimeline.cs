using Diarizer.Audio.Network;
using Diarizer.Audio.Resampling;

namespace Diarizer.Audio.Rtp;

/// <summary>
/// Puts packets on the source's clock. Positions are in ticks of the RTP clock since the source was opened; what is given out is a difference of positions
/// turned into frames, so that nothing is lost or made by rounding.
/// </summary>
internal sealed class RtpTimeline(ArrivalClock clock, RateRatio ratio)
{
    // A sender's timestamps may be ahead of its packets by what the network and its own buffers hold back.
    private const int SecondsOfTrust = 5;

    private RateRatio _ratio = ratio;
    private long _position;
    private long _frames;
    private long _timestamp;
    private long _offset;
    private bool _hasBegun;
    private bool _isFirst = true;
    private bool _knowsTimestamps;
    private long _lost;
    private long _silence;

    /// <summary>What lay before a packet.</summary>
    /// <param name="LostFrames">Frames lost.</param>
    /// <param name="IsJump">The sender's timestamps could not be believed.</param>
    public readonly record struct Gap(long LostFrames, bool IsJump);

    /// <summary>The next packet is of another sender, or of the same after a break.</summary>
    /// <param name="keepsTimestamps">Its timestamps go on where they were.</param>
    public void BeginSender(bool keepsTimestamps) => (_isFirst, _knowsTimestamps) = (true, keepsTimestamps && _hasBegun);

    /// <summary>Another codec: the clocks have other rates from now on.</summary>
    public void ChangeRates(RateRatio next)
    {
        _position = new RateRatio(_ratio.InputRate, next.InputRate).OutputPosition(_position);
        _ratio = next;
        _frames = next.OutputPosition(_position);
        clock.ChangeRate(next.InputRate);
    }

    /// <summary>Moves on to the start of a packet. What lies between was lost, or is silence that the sender left out.</summary>
    /// <param name="packet">Has audio.</param>
    /// <param name="start">When it would have started by its arrival.</param>
    public Gap Place(in RtpRelease packet, long start)
    {
        _timestamp += (int)(packet.Timestamp - (uint)_timestamp);
        var measured = (_isFirst ? start : packet.Arrival - packet.Ticks) - clock.Delay - _position;
        var gap = _timestamp + _offset - _position;
        // Missing packets may have taken their time even where a file is sent faster than it plays.
        var most = Math.Max(measured + SecondsOfTrust * _ratio.InputRate, (long)packet.LostBefore * packet.Ticks);
        var isJump = gap < 0 || gap > most;
        if (_isFirst ? !_knowsTimestamps || isJump : isJump)
        {
            gap = WholePackets(Math.Max(0, measured), packet.Ticks);
            _offset = _position + gap - _timestamp;
        }

        var isLost = packet.LostBefore > 0 || _isFirst || isJump;
        (isJump, _isFirst, _hasBegun) = (isJump && !_isFirst, false, true);
        _position += gap;
        var frames = TakeFrames();
        if (isLost)
        {
            _lost += frames;
            return new(frames, isJump);
        }

        _silence += frames;
        return default;
    }

    /// <summary>The packet just placed is played.</summary>
    /// <returns>Its frames.</returns>
    public int Play(in RtpRelease packet)
    {
        _position += packet.Ticks;
        clock.Observe(packet.Arrival, _position);
        return (int)TakeFrames();
    }

    /// <summary>The packet just placed cannot be played.</summary>
    public void Lose(in RtpRelease packet)
    {
        _position += packet.Ticks;
        _lost += TakeFrames();
    }

    /// <summary>Nobody sends: moves on to where a sender would be by now, less a margin for packets that are on their way.</summary>
    /// <returns>True when that is further than before.</returns>
    public bool Concede(long margin)
    {
        var reached = clock.Now - clock.Delay - margin;
        if (reached <= _position) return false;
        _position = reached;
        _lost += TakeFrames();
        return _lost > 0;
    }

    /// <summary>Frames that were lost and not told yet.</summary>
    public long TakeLost()
    {
        var lost = _lost;
        _lost = 0;
        return lost;
    }

    /// <summary>Frames of silence that are due now.</summary>
    public int TakeSilence(int most)
    {
        var silent = (int)Math.Min(most, _silence);
        _silence -= silent;
        return silent;
    }

    // Arrival has jitter, but what is missing between two senders is whole packets mostly. The very first start is wherever it is.
    private long WholePackets(long ticks, int packet) => _hasBegun ? (ticks + packet / 2) / packet * packet : ticks;

    private long TakeFrames()
    {
        var reached = _ratio.OutputPosition(_position);
        var frames = reached - _frames;
        _frames = reached;
        return frames;
    }
}
